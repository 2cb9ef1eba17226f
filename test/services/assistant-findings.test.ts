import { expect, test } from 'vitest'
import { findingsIn } from '../../infra/services/assistant/src/findings.ts'

const said = <T>(say: (findings: ReturnType<typeof findingsIn>) => T) =>
  (['en', 'et', 'ja'] as const).map((lang) => say(findingsIn(lang)))

test('where somebody lives is a sentence of each language, also when it is nobody’s business', () => {
  const person = { given: 'Mari', family: 'Tamm' }
  expect(
    said(({ residence }) => residence({ ...person, address: 'Pikk 5', municipality: 'Kivilinn' })),
  ).toEqual([
    'The population register has: Mari Tamm: Pikk 5 (Kivilinn)',
    'Rahvastikuregistris on: Mari Tamm: Pikk 5 (Kivilinn)',
    '住民登録では、Mari Tammさんの住所はPikk 5（Kivilinn）です。',
  ])
  expect(said(({ residence }) => residence(person))[2]).toBe(
    '住民登録では、Mari Tammさんの住所は非公開です。',
  )
})

test.each([
  ['draft', null, ', 2025-7: draft', '（2025-7）は下書きです。'],
  [
    'paid',
    120.5,
    ', 2025-7: assessed, refund 120.5 €',
    '（2025-7）は審査完了です。還付額は120.5ユーロです。',
  ],
  ['paid', 0, ', 2025-7: assessed, refund 0 €', '（2025-7）は審査完了です。還付額は0ユーロです。'],
  ['paid', -20, ', 2025-7: assessed, 20 € still to pay', '（2025-7）は審査完了です。納付額は20ユーロです。'],
])('a tax return that is %s, with %s to come back', (state, refund, en, ja) => {
  const latest = { id: '2025-7', year: 2025, state, refund }
  const [english, estonian, japanese] = said(({ taxReturn }) => taxReturn(latest))
  expect(english).toBe(`Your tax return 2025${en}`)
  expect(estonian).not.toMatch(/-\d+ €/)
  expect(japanese).toBe(`2025年分の確定申告${ja}`)
})

test('a move is said with the day from which it holds', () => {
  expect(
    said(({ moved }) => moved({ address: 'Pikk 5', municipality: 'Kivilinn', validFrom: '2027-01-02' })),
  ).toEqual([
    'The new address is registered: Pikk 5, Kivilinn (2027-01-02)',
    'Uus aadress on registreeritud: Pikk 5, Kivilinn (2027-01-02)',
    '新しい住所を登録しました：Pikk 5（Kivilinn、2027-01-02から）',
  ])
})
