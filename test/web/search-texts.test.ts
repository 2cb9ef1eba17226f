import { expect, test } from 'vitest'
import { patternOf, searchTexts } from '../../web/editor/search/search-texts.ts'

const texts = [
  { path: 'a.ts', text: 'const one = 1\n  return c.json(find(one))\n' },
  { path: 'lib/b.ts', text: 'export function Find() {}\n' },
]
const found = (words: string, regular = false) => {
  const pattern = patternOf({ words, regular })
  return pattern && searchTexts(texts, pattern).found.map(({ path, line }) => `${path}:${line}`)
}

test('words are found as they stand, capitals or not, and patterns where they are asked for', () => {
  expect(found('find')).toEqual(['a.ts:2', 'lib/b.ts:1'])
  expect(found('json(')).toEqual(['a.ts:2'])
  expect(found('o.e')).toEqual([])
  expect(found('o.e', true)).toEqual(['a.ts:1', 'a.ts:2'])
  expect(found('(', true)).toBeNull()
})

test('a line is given once, a long one around what was found, and no more of them than a page shows', () => {
  const long = `${'a'.repeat(100_000)} needle ${'b'.repeat(100_000)}`
  const pattern = patternOf({ words: 'needle', regular: false })
  if (!pattern) throw new Error('no pattern')
  const { found: lines } = searchTexts([{ path: 'x', text: long }], pattern)
  expect(lines[0]?.text).toContain('needle')
  expect(lines[0]?.text.length).toBeLessThanOrEqual(160)
  const many = searchTexts([{ path: 'x', text: 'needle needle\n'.repeat(500) }], pattern)
  expect([many.found.length, many.more]).toEqual([200, true])
})
