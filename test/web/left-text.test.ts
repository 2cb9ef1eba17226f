import { describe, expect, test } from 'vitest'
import { movedPlace } from '../../web/inbox/use-caret.ts'
import { makeSay } from '../../web/kit/i18n/use-say.ts'
import { leftText } from '../../web/kit/left-text.ts'
import { cellText } from '../../web/msel/cell-text.ts'
import { lookUpIn } from '../kit/messages.ts'

const S = 1_000
const MIN = 60 * S
const H = 60 * MIN

describe('a deadline in words', () => {
  test.each([
    [0, 'due now', 'tähtaeg on käes', '期限です'],
    [1 * S, '1 sec left', 'jäänud 1 s', '残り1秒'],
    [59 * S, '59 sec left', 'jäänud 59 s', '残り59秒'],
    [1 * MIN, '1 min left', 'jäänud 1 min', '残り1分'],
    [2 * MIN + 5 * S, '2 min 5 sec left', 'jäänud 2 min 5 s', '残り2分5秒'],
    // Far away no second flickers.
    [12 * MIN + 59 * S, '12 min left', 'jäänud 12 min', '残り12分'],
    [1 * H, '1 hr left', 'jäänud 1 t', '残り1時間'],
    [2 * H + 1 * MIN, '2 hr 1 min left', 'jäänud 2 t 1 min', '残り2時間1分'],
    [-1 * S, '1 sec late', 'tähtajast möödas 1 s', '1秒超過'],
    [-21 * MIN - 3 * S, '21 min late', 'tähtajast möödas 21 min', '21分超過'],
  ])('%d ms', (ms, en, et, ja) => {
    const plain = (lang: 'en' | 'et' | 'ja') =>
      leftText(makeSay(lang, lookUpIn(lang)), ms).replaceAll('\u00a0', ' ')
    expect([plain('en'), plain('et'), plain('ja')]).toEqual([en, et, ja])
  })

  test.each([1 * S, 61 * S, 3 * MIN + 1 * S, 4 * MIN + 59 * S, 14 * MIN, 2 * H + 90 * S])(
    'white reads of the same deadline what the team reads: %d ms',
    (ms) => {
      for (const lang of ['en', 'et', 'ja'] as const) {
        const say = makeSay(lang, lookUpIn(lang))
        const none = { why: null, held: null, cancelled: null, byMs: 0 }
        const cell = {
          ...none,
          team: 'meremaa',
          state: 'sent',
          came: true,
          atMs: 0,
          untilMs: 60_000 + ms,
        } as const
        expect(cellText(say, cell, 60_000)).toBe(leftText(say, ms))
      }
    },
  )
})

test('a caret stays between its letters when somebody else changes the text', () => {
  const text = 'We know it.'
  expect(movedPlace(text, 'Well, We know it.', 3)).toBe(9)
  expect(movedPlace(text, 'We know it. Soon more.', 3)).toBe(3)
  expect(movedPlace(text, 'We do know it.', text.length)).toBe(14)
  expect(movedPlace(text, '', 5)).toBe(0)
  expect(movedPlace('', text, 0)).toBe(0)
})
