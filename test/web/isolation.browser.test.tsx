import { expect, test } from 'vitest'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { InstructorPage } from '../../web/instructor/instructor-page.tsx'
import { ScoreboardPage } from '../../web/scoreboard/scoreboard-page.tsx'
import { continued, recordLedger } from '../kit/ledger.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const AT_MS = 372_000
const WHAT = 'iptables: rule "INPUT -i kilp-+ -j DROP" was gone'
const before = recordLedger(AT_MS)

/** The exercise after the range found a way open that it could not close. */
const opened = continued(before, AT_MS, [
  ['report-isolation-lost', { team: null, what: WHAT }],
  ['pause-exercise', { reason: 'isolation-lost' }],
])
const show = (audience: Audience, lang: 'en' | 'et' | 'ja') => {
  const [page, hash] =
    audience.seat === 'white'
      ? [<InstructorPage />, '#/instructor']
      : [<ScoreboardPage withTechniques />, '#/scoreboard']
  return showPage(page, recordedFeed(opened, audience, AT_MS), { hash, lang, theme: 'light' })
}

test('the console says what is open, and that nothing goes on before it is closed', async () => {
  const box = await show({ seat: 'white' }, 'en')
  const alert = await until(() => box.querySelector('[role="alert"]'))
  expect(alert.textContent).toContain('The enclaves are not isolated.')
  expect(alert.textContent).toContain(WHAT)
  expect(await violations(box)).toEqual([])
})

test.each([
  ['en', 'what holds the enclaves apart has to be fixed first.'],
  ['et', 'enne tuleb taastada keskkondade eraldatus.'],
  ['ja', '環境の隔離を修復しています。'],
] as const)('observers read why time stands still, in %s, and not which way is open', async (lang, why) => {
  const box = await show({ seat: 'observer' }, lang)
  await until(() => box.textContent?.includes(why))
  expect(box.textContent).not.toContain('iptables')
  expect(box.textContent).not.toContain('isolation-lost')
})
