import { expect, test } from 'vitest'
import { SITUATION_CODES, STORY_CODES } from '#exercise/ledger/codes.ts'
import { SCORE_CODES } from '#exercise/scoring/categories.ts'
import { messages } from '../kit/messages.ts'

// Estonian and Japanese have the keys of English by their type.
test.each([
  ['story', STORY_CODES],
  ['situation', SITUATION_CODES],
  ['score', SCORE_CODES],
])('viewers can say every %s code', (prefix, codes) => {
  const unsaid = codes.filter(
    (code) =>
      !Object.keys(messages.en).some((key) => [`${prefix}.${code}`, `${prefix}.${code}_other`].includes(key)),
  )
  expect(unsaid).toEqual([])
})
