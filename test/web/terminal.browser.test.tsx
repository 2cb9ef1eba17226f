import { describe, expect, onTestFinished, test } from 'vitest'
import '../../web/kit/tokens.css'
import { userEvent } from 'vitest/browser'
import { drawByGpu } from '../../web/terminal/draw-by-gpu.ts'
import { openMirror } from '../../web/terminal/mirror-screen.ts'
import { ownKeys } from '../../web/terminal/terminal-keys.ts'
import { openScreen } from '../../web/terminal/terminal-screen.ts'
import { until } from './recorded-feed.tsx'

// As many columns as bash and nano in a container give each: see the test of widths in test/live/terminals.docker.test.ts.
test.each([
  ['an emoji', '😀', 2],
  ['one of Unicode 14', '🫠', 2],
  ['a family, which is three there', '👨‍👩‍👧', 6],
  ['a skin tone beside its hand', '👋🏽', 4],
  ['a flag of two letters', '🇪🇪', 2],
  ['a heart and its selector', '❤️', 1],
  ['a letter with a mark of its own', 'e\u0301', 1],
  ['Chinese characters', '漢字', 4],
  ['a syllable of three letters', '\u1112\u1161\u11ab', 2],
])('the cursor stands behind %s', async (_what, text, columns) => {
  const box = document.createElement('div')
  box.style.cssText = 'inline-size: 800px; block-size: 200px'
  document.body.append(box)
  const screen = openScreen(box)
  onTestFinished(() => {
    screen.close()
    box.remove()
  })
  await new Promise<void>((drawn) => screen.terminal.write(`\u0007${text}|`, drawn))
  expect(screen.terminal.buffer.active.cursorX).toBe(columns + 1)
  expect(screen.terminal.buffer.active.getLine(0)?.translateToString(true)).toBe(`${text}|`)
})

test('Ctrl+Shift+C copies what is selected, types nothing, and leaves Ctrl+C to the shell', async () => {
  const box = document.createElement('div')
  box.style.cssText = 'inline-size: 800px; block-size: 200px'
  document.body.append(box)
  const screen = openScreen(box)
  const typed: string[] = []
  const copied: string[] = []
  const hear = (event: ClipboardEvent) => copied.push(event.clipboardData?.getData('text/plain') ?? '')
  document.addEventListener('copy', hear)
  onTestFinished(() => {
    document.removeEventListener('copy', hear)
    screen.close()
    box.remove()
  })
  let left = 0
  ownKeys(screen.terminal, () => {
    left += 1
  })
  screen.onTyped((text) => typed.push(text))
  await new Promise<void>((drawn) => screen.terminal.write('cat /srv/app/src/main.ts', drawn))
  screen.terminal.focus()
  await userEvent.keyboard('{Control>}{Shift>}c{/Shift}{/Control}')
  expect([copied, typed]).toEqual([[], []])
  screen.terminal.select(4, 0, 20)
  await userEvent.keyboard('{Control>}{Shift>}c{/Shift}{/Control}')
  expect(copied).toEqual(['/srv/app/src/main.ts'])
  expect(typed).toEqual([])
  await userEvent.keyboard('{Control>}c{/Control}')
  expect(typed).toEqual(['\u0003'])
  expect(left).toBe(0)
  await userEvent.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}')
  expect(left).toBe(1)
})

test('the graphics card draws where there is one; without it, and once it is taken away, the page does', async () => {
  const box = document.createElement('div')
  box.style.cssText = 'inline-size: 800px; block-size: 200px'
  document.body.append(box)
  const screen = openScreen(box)
  onTestFinished(() => {
    screen.close()
    box.remove()
  })
  const rows = () => box.querySelector('.xterm-rows')
  expect(
    await drawByGpu(
      screen.terminal,
      () => true,
      () => false,
    ),
  ).toBe(false)
  expect(rows()).not.toBeNull()
  // Left while it was fetched.
  expect(
    await drawByGpu(
      screen.terminal,
      () => false,
      () => true,
    ),
  ).toBe(false)
  expect(rows()).not.toBeNull()
  // A card, or a program in its place: drawn on a canvas, read aloud as before.
  expect(
    await drawByGpu(
      screen.terminal,
      () => true,
      () => true,
    ),
  ).toBe(true)
  expect(rows()).toBeNull()
  await new Promise<void>((drawn) => screen.terminal.write('drawn by the card', drawn))
  await expect
    .poll(() => box.querySelector('.xterm-accessibility')?.textContent)
    .toContain('drawn by the card')
  const canvas = [...box.querySelectorAll('canvas')].find((one) => one.getContext('webgl2') !== null)
  canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext()
  await expect.poll(() => rows()?.textContent, { timeout: 8_000 }).toContain('drawn by the card')
})

test('a mirror of a team’s terminal answers none of a program’s questions, takes its size, and types what a person types', async () => {
  const box = document.createElement('div')
  box.style.cssText = 'inline-size: 500px; block-size: 300px'
  document.body.append(box)
  const mirror = openMirror(box)
  onTestFinished(() => {
    mirror.close()
    box.remove()
  })
  const typed: string[] = []
  mirror.onTyped((text) => typed.push(text))
  const questions = [
    ...['[5n', '[6n', '[?6n', '[c', '[0c', '[>c', '[=c', '[?25$p', '[4$p', '[18t', '[14t', 'Z'],
    ...[']10;?\u0007', ']11;?\u0007', ']4;1;?\u0007', 'P$qm\u001b\\', '[?1004h'],
  ]
  const bytes = new TextEncoder().encode(`${questions.map((one) => `\u001b${one}`).join('')}shown`)
  await new Promise<void>((drawn) => mirror.show({ cols: 132, rows: 10, bytes }, drawn))
  mirror.terminal.focus()
  mirror.terminal.blur()
  expect(typed).toEqual([])
  expect([mirror.terminal.cols, mirror.terminal.rows]).toEqual([132, 10])
  expect(mirror.terminal.buffer.active.getLine(0)?.translateToString(true)).toContain('shown')
  // Narrower letters, so that all columns are seen.
  await expect.poll(() => mirror.terminal.options.fontSize).toBeLessThan(12)
  // A new screen takes the place of all that was drawn.
  const next = new TextEncoder().encode('anew')
  await new Promise<void>((drawn) => mirror.show({ cols: 80, rows: 10, bytes: next }, drawn))
  expect(mirror.terminal.buffer.active.getLine(0)?.translateToString(true)).toBe('anew')
  mirror.terminal.input('x')
  expect(typed).toEqual(['x'])
})

describe.each(['dark', 'light'] as const)('colours that programs ask for by name: %s', (theme) => {
  // The bars of nano are written the other way round; others name black, white or grey.
  test.each(['7', '0;1;7', '30;47', '37', '97', '90', '37;40', '97;100', '30;107', '2', '34', '94;44'])(
    'what is written with %s can be read',
    async (code) => {
      document.documentElement.dataset.theme = theme
      const box = document.createElement('div')
      box.style.cssText = 'inline-size: 600px; block-size: 100px; background: var(--card)'
      document.body.append(box)
      const screen = openScreen(box)
      onTestFinished(() => {
        screen.close()
        box.remove()
      })
      await new Promise<void>((drawn) => screen.terminal.write(`\u001b[${code}m^G Help\u001b[0m`, drawn))
      const span = await until(() =>
        [...box.querySelectorAll<HTMLElement>('.xterm-rows span')].find((one) =>
          one.textContent?.includes('^G'),
        ),
      )
      const { color, backgroundColor } = getComputedStyle(span)
      const behind =
        backgroundColor === 'rgba(0, 0, 0, 0)' ? getComputedStyle(box).backgroundColor : backgroundColor
      expect(contrast(color, behind), `${color} on ${behind}`).toBeGreaterThanOrEqual(4.5)
    },
  )

  test('white, its bright one and grey are readable as they are', () => {
    document.documentElement.dataset.theme = theme
    const box = document.createElement('div')
    document.body.append(box)
    const screen = openScreen(box)
    onTestFinished(() => {
      screen.close()
      box.remove()
    })
    const { white, brightWhite, brightBlack, background } = screen.terminal.options.theme ?? {}
    for (const one of [white, brightWhite, brightBlack])
      expect(contrast(one ?? '', background ?? '')).toBeGreaterThanOrEqual(4.5)
  })
})

/** As WCAG says, of two colours as the browser or a sheet writes them. */
function contrast(one: string, other: string): number {
  const [a = 0, b = 0] = [luminance(one), luminance(other)].toSorted((x, y) => y - x)
  return (a + 0.05) / (b + 0.05)
}

function luminance(colour: string): number {
  const canvas = document.createElement('canvas').getContext('2d')
  if (!canvas) return 0
  canvas.fillStyle = colour
  canvas.fillRect(0, 0, 1, 1)
  const [r = 0, g = 0, b = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
    const share = part / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
