import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutAt, demultiplex, lines } from '../../server/range/engine-api/frames.ts'

const frame = (stream: 1 | 2, text: string) => {
  const body = Buffer.from(text)
  const header = Buffer.alloc(8)
  header[0] = stream
  header.writeUInt32BE(body.length, 4)
  return Buffer.concat([header, body])
}

/** Cuts a buffer at every given place, however the engine might. */
const chunks = (all: Buffer, cuts: readonly number[]) => {
  const places = [...new Set(cuts.map((cut) => cut % (all.length + 1)))].sort((a, b) => a - b)
  return [...places, all.length].map((end, index) => all.subarray(index === 0 ? 0 : places[index - 1], end))
}

describe('frames of the engine', () => {
  test('come out whole at any chunk boundary', () => {
    const part = fc.record({ stream: fc.constantFrom<1 | 2>(1, 2), text: fc.string({ maxLength: 40 }) })
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 12 }), (parts, cuts) => {
        const got = { stdout: '', stderr: '' }
        const bytes: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] }
        const push = demultiplex((stream, chunk) => bytes[stream].push(Buffer.from(chunk)))
        for (const chunk of chunks(Buffer.concat(parts.map((one) => frame(one.stream, one.text))), cuts))
          push(chunk)
        got.stdout = Buffer.concat(bytes.stdout).toString()
        got.stderr = Buffer.concat(bytes.stderr).toString()
        const expected = (stream: 1 | 2) =>
          Buffer.concat(
            parts.filter((one) => one.stream === stream).map((one) => Buffer.from(one.text)),
          ).toString()
        expect(got).toEqual({ stdout: expected(1), stderr: expected(2) })
      }),
    )
  })
})

describe('lines', () => {
  test('come out whole at any chunk boundary, characters of several bytes too', () => {
    const line = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .map((text) => text.replaceAll('\n', '').trim())
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 12 }), (texts, cuts) => {
        const got: string[] = []
        const push = lines(1_000, (text) => got.push(text))
        for (const chunk of chunks(Buffer.from(texts.map((text) => `${text}\n`).join('')), cuts)) push(chunk)
        expect(got).toEqual(texts.filter((text) => text.trim()).map((text) => Buffer.from(text).toString()))
      }),
    )
  })
  test('a line without end throws before it fills the memory', () => {
    const push = lines(10, () => {})
    push(Buffer.from('12345678'))
    expect(() => push(Buffer.from('9abc'))).toThrow(/longer than 10/)
  })
})

test('cutAt keeps the beginning and says that it cut', () => {
  const cut = cutAt(5)
  cut.push(Buffer.from('abc'))
  expect(cut.cut()).toBe(false)
  cut.push(Buffer.from('defg'))
  cut.push(Buffer.from('h'))
  expect([cut.text(), cut.cut()]).toEqual(['abcde', true])
})
