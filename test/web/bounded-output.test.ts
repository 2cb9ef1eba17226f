import { Terminal } from '@xterm/xterm'
import { expect, test } from 'vitest'
import { boundCounts, writeInPieces } from '../../web/terminal/bounded-output.ts'

function opened() {
  const terminal = new Terminal({ cols: 80, rows: 24, scrollback: 100, allowProposedApi: true })
  boundCounts(terminal)
  return {
    terminal,
    write: (text: string) => new Promise<void>((drawn) => terminal.write(text, drawn)),
    line: (at: number) => terminal.buffer.active.getLine(at)?.translateToString(true),
  }
}

test('no program makes the page of whoever looks stand still by a large number', async () => {
  const { write, line } = opened()
  const since = performance.now()
  for (const final of ['S', 'T', 'L', 'M', 'I', 'Z', 'b'])
    for (const count of ['300000', '300000;1', '000300000']) await write(`a\u001b[${count}${final}`)
  // In each of these xterm alone is busy for seconds.
  expect(performance.now() - since).toBeLessThan(1_000)
  await write('\u001bcone\r\ntwo\r\n\u001b[1S')
  expect(line(0)).toBe('two')
  await write('\u001b[Ha\u001b[79b')
  expect(line(0)).toBe('a'.repeat(80))
  await write('\u001b[24S')
  expect(line(0)).toBe('')
})

test('what is slow to draw leaves the page its turn, and is told of once it is all there', () => {
  const pieces: string[] = []
  const terminal = {
    write(data: string | Uint8Array, drawn?: () => void) {
      pieces.push(Buffer.from(data).toString('latin1'))
      drawn?.()
    },
  }
  const all = `${'x'.repeat(4_096) + 'y'.repeat(4_096)}z`
  let told = 0
  writeInPieces(terminal, Buffer.from(all), () => {
    told = pieces.length
  })
  expect(pieces.map((piece) => piece.length)).toEqual([4_096, 4_096, 1])
  expect(pieces.join('')).toBe(all)
  expect(told).toBe(3)
  writeInPieces(terminal, Buffer.alloc(0), () => {
    told = pieces.length
  })
  expect(told).toBe(4)
})
