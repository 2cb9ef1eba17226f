import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { graphemesOf, linesOf, longestPart, piecesOf } from '../../server/paper/break-lines.ts'

/** Each character is as wide as the next. */
const measure = (text: string) => graphemesOf(text).length

describe('lines', () => {
  test('end between words, and keep the space that divides them', () => {
    expect(linesOf('Õppus on läbi.', 9, measure)).toEqual(['Õppus on ', 'läbi.'])
    expect(linesOf('a\nb\n\nc', 9, measure)).toEqual(['a', 'b', 'c'])
    expect(linesOf('', 9, measure)).toEqual([])
  })

  test('of Japanese end anywhere but before a full stop, a small letter or a closing bracket, or after an opening one', () => {
    const text = '攻撃者が（侵入）していた時間。ネットワークを守る、ちょっとした「工夫」です。'
    for (let room = 3; room < 30; room += 1) {
      const lines = linesOf(text, room, measure)
      expect(lines.join('')).toBe(text)
      for (const line of lines) {
        expect(line).not.toMatch(/^[、。）」ょっッー]/)
        expect(line).not.toMatch(/[（「]$/)
      }
    }
  })

  test('are never wider than there is room, say all of the text, and divide a word only where it is too long', () => {
    const words = fc.array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.constant('防衛、')))
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 40 }), (parts, room) => {
        const text = parts.join(' ').replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '')
        const lines = linesOf(text, room, measure)
        expect(lines.join('')).toBe(text)
        for (const line of lines) expect(measure(line.trimEnd())).toBeLessThanOrEqual(room)
        if (longestPart(text, measure) > room) return
        // Each line but the last ends where one may.
        const ends = new Set<number>()
        piecesOf(text).reduce((at, { text: piece }) => ends.add(at + piece.length) && at + piece.length, 0)
        lines.reduce((at, line) => {
          expect(ends).toContain(at + line.length)
          return at + line.length
        }, 0)
      }),
    )
    expect(linesOf('ab WWWWWWW cd', 4, measure)).toEqual(['ab ', 'WWWW', 'WWW ', 'cd'])
  })
})
