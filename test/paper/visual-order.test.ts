import { expect, test } from 'vitest'
import { graphemesOf } from '../../server/paper/break-lines.ts'
import { inVisualOrder } from '../../server/paper/visual-order.ts'

const family = (sign: string) =>
  /\p{Script=Arabic}/u.test(sign) ? 'arabic' : /\p{Script=Hebrew}/u.test(sign) ? 'hebrew' : 'sans'
/** The line as it stands from left to right: a font turns what it is given as a whole. */
const seen = (line: string): string =>
  inVisualOrder(graphemesOf(line).map((text) => ({ text, family: family(text) })))
    .map(({ text, rightToLeft }) => (rightToLeft ? graphemesOf(text).toReversed().join('') : text))
    .join('')

test.each([
  ['nothing is turned where nothing runs back', 'Team A (12:30).', 'Team A (12:30).'],
  ['a name within a sentence', 'Team אבג won', 'Team גבא won'],
  ['two of them stay in the order of the sentence', 'אב beats גד and goes home', 'בא beats דג and goes home'],
  ['a line of its own begins at the right, and its full stop is at the left', 'אב גד.', '.דג בא'],
  ['numbers in it run from left to right', 'אב 123 גד', 'דג 123 בא'],
  ['so do those of its own script', 'اب ١٢٣ جد', 'دج ١٢٣ با'],
  ['brackets open and close as they are read', 'אב (גד) הו', 'וה (דג) בא'],
  ['a word of another script in it', 'אבגד X1 הו', 'וה X1 דגבא'],
])('%s', (_, line, shown) => {
  expect(seen(line)).toBe(shown)
})

test('letters that are kept apart are two runs, so that they do not join', () => {
  const runs = inVisualOrder(graphemesOf('مي\u200cخ').map((text) => ({ text, family: 'arabic' as const })))
  expect(runs.map(({ text }) => text)).toEqual(['خ', 'مي'])
})
