import { expect, it } from 'vitest'
import type { CastEvent } from '../../server/exercise/wire/cast.ts'
import { openCastPlayer } from '../../web/terminal/cast-player.ts'

/** A screen that draws when it is told to, as xterm does after its own time. */
function openScreen() {
  const waiting: (() => void)[] = []
  const box = { text: '', size: '', resets: 0, drawn: 0, largest: 0 }
  const screen = {
    show: ({ cols, rows }: { cols: number; rows: number }, drawn: () => void) => {
      Object.assign(box, { text: '', size: `${cols}x${rows}`, resets: box.resets + 1 })
      waiting.push(drawn)
    },
    write: (bytes: Uint8Array, drawn: () => void) => {
      box.text += new TextDecoder().decode(bytes)
      box.drawn += bytes.length
      box.largest = Math.max(box.largest, bytes.length)
      waiting.push(drawn)
    },
    resize: (cols: number, rows: number) => {
      box.size = `${cols}x${rows}`
      box.text += '|'
    },
  }
  return {
    box,
    screen,
    /** @returns how many drawings were under way at once, at most. */
    draw: () => {
      let most = waiting.length
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        next()
        most = Math.max(most, waiting.length)
      }
      return most
    },
  }
}
const print = (atS: number, text: string): CastEvent => ({ atS, kind: 'output', text })
const cast = {
  size: { cols: 80, rows: 24 },
  events: [
    print(0, '$ '),
    print(2, 'ls'),
    { atS: 3, kind: 'resize', cols: 100, rows: 30 },
    print(4, ' õ'),
  ] as const,
}

it('shows what there was at a moment: on, back, and in the size of then', () => {
  const { box, screen, draw } = openScreen()
  const player = openCastPlayer(cast, screen)
  const at = (seconds: number) => {
    player.show(seconds)
    draw()
    return `${box.size} ${box.text}`
  }
  expect([at(0), at(1.9), at(2), at(3), at(99)]).toEqual([
    '80x24 $ ',
    '80x24 $ ',
    '80x24 $ ls',
    '100x30 $ ls|',
    '100x30 $ ls| õ',
  ])
  expect(box.resets).toBe(1)
  expect([at(2.5), at(-1), at(4)]).toEqual(['80x24 $ ls', '80x24 $ ', '100x30 $ ls| õ'])
  // Nothing lies between: what is on the screen stays.
  expect([box.resets, at(3.9)]).toEqual([3, '100x30 $ ls|'])
  player.close()
  expect(at(0)).toBe('100x30 $ ls|')
})

it('dragging back and forth through a long one queues no more than one slice at a time', () => {
  const { box, screen, draw } = openScreen()
  const long = { ...cast, events: Array.from({ length: 4_000 }, (_, n) => print(n, 'x'.repeat(1_000))) }
  const player = openCastPlayer(long, screen)
  for (let n = 0; n < 200; n += 1) player.show(n % 2 === 0 ? 3_999 : 10)
  expect(box.drawn).toBe(0)
  player.show(20)
  expect(draw()).toBe(1)
  expect(box.text.length).toBe(21_000)
  player.show(3_999)
  expect(draw()).toBe(1)
  expect([box.text.length, box.resets]).toEqual([4_000_000, 1])
  expect(box.largest).toBeLessThan(40_000)
})
