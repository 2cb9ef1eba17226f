import { expect, onTestFinished, test } from 'vitest'
import { openScreen } from '../../web/team-room/terminal-screen.ts'

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
