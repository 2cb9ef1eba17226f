import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import { upcast } from '../../server/exercise/ledger/upcast.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { THEMES } from '../../web/app/route.ts'
import { WhiteReport } from '../../web/report/report-page.tsx'
import dayFile from '../golden/exercise-day.jsonl?raw'
import { misplaced } from './boxes.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const END_MS = 600_000
const day: readonly Recorded[] = dayFile
  .trimEnd()
  .split('\n')
  .map((line) => upcast(JSON.parse(line)))
const KEEPS: boolean = import.meta.env.VITE_SHOTS === '1'
const anna = { kind: 'seat', seatId: 'white', seat: 'white', name: 'Anna' } as const
const plan = [
  ['o1', 'improvement', 'Nobody told the press office until an hour had passed.', 'Name who calls.', 'CERT'],
  ['o2', 'strength', 'Hand-over between shifts was written down.', '', 'SOC'],
] as const
const ledger: readonly Recorded[] = [
  ...day,
  ...plan.map(
    ([observation, kind, text, recommendation, owner], n): Recorded => ({
      ...({ type: 'observation.recorded', version: 1, at: END_MS, wall: 1_790_000_000_000 } as const),
      position: day.length + 1 + n,
      data: { observation, kind, text, recommendation, owner, due: '2026-12-24', source: null, by: anna },
    }),
  ),
]
const open = (feed = recordedFeed(ledger, { seat: 'white' }, END_MS), lang: (typeof LANGS)[number] = 'en') =>
  showPage(<WhiteReport key="" />, feed, { hash: '#/report?board=plan', lang, theme: 'dark' })

for (const lang of LANGS)
  for (const [wide, high] of [
    [1366, 768],
    [390, 844],
  ] as const)
    test(`the plan in ${lang}, ${wide} wide: nothing lies over anything else and axe finds nothing`, async () => {
      await page.viewport(wide, high)
      const box = await open(undefined, lang)
      await until(() => box.querySelector('.plan-found li'))
      for (const theme of THEMES) {
        document.documentElement.dataset.theme = theme
        expect(misplaced(box)).toEqual([])
        expect(await violations(box)).toEqual([])
        if (KEEPS) await page.screenshot({ path: `../../.kilp/shots/plan-${wide}-${theme}-${lang}.png` })
      }
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(wide)
    })

test('fields are written in place by keyboard: what one leaves is sent, Escape takes it back, what did not change is not sent', async () => {
  await page.viewport(1366, 768)
  const feed = recordedFeed(ledger, { seat: 'white' }, END_MS)
  await open(feed)
  const owner = page.getByLabelText('Owner: Nobody told the press', { exact: false })
  await owner.click()
  await userEvent.keyboard(' and police{Escape}{Tab}')
  expect(feed.sent).toEqual([])
  await owner.click()
  await userEvent.keyboard('{End} and police{Enter}')
  await expect
    .poll(() => feed.sent)
    .toEqual([
      { type: 'change-observation', data: { observation: 'o1', field: 'owner', value: 'CERT and police' } },
    ])
  await page.getByLabelText('Recommendation: Hand-over', { exact: false }).click()
  await userEvent.keyboard('Keep it.{Tab}')
  await expect
    .poll(() => feed.sent[1])
    .toEqual({
      type: 'change-observation',
      data: { observation: 'o2', field: 'recommendation', value: 'Keep it.' },
    })
  // Half a date is none, and takes none away.
  await page.getByLabelText('Due: Hand-over', { exact: false }).click()
  await userEvent.keyboard('{Delete}')
  await page.getByLabelText('New observation').click()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(feed.sent).toHaveLength(2)
})

test('filters show what fits, a finding is taken over by one press with its source', async () => {
  await page.viewport(1366, 768)
  const feed = recordedFeed(ledger, { seat: 'white' }, END_MS)
  const box = await open(feed)
  const rows = () => box.querySelectorAll('.plan-table tbody tr').length
  await until(() => rows() === 2)
  await page.getByRole('combobox', { name: 'Owner', exact: true }).selectOptions('SOC')
  expect(rows()).toBe(1)
  await page.getByLabelText('Due by').fill('2026-12-23')
  expect(rows()).toBe(0)
  await page
    .getByRole('button', { name: /^Take over/ })
    .first()
    .click()
  await expect.poll(() => feed.sent).toHaveLength(1)
  expect(feed.sent[0]).toMatchObject({
    type: 'record-observation',
    data: { source: expect.stringContaining('/') },
  })
})

test.each(['record', 'replay'])('in a %s it is read, and nothing in it can be changed', async (what) => {
  await page.viewport(1366, 768)
  const feed = recordedFeed(ledger, { seat: 'white' }, END_MS)
  const { exercise } = feed.store.getState()
  if (what === 'replay') feed.store.setState({ replay: true })
  else if (exercise) feed.store.setState({ exercise: { ...exercise, record: true } })
  const box = await open(feed)
  await until(() => box.querySelector('.plan-found li'))
  expect(box.querySelectorAll('.plan-table :is(input, textarea, select, button)')).toHaveLength(0)
  expect(box.querySelectorAll('.plan-found button, .plan-new')).toHaveLength(0)
  expect(box.querySelector('.plan-table')?.textContent).toContain('Name who calls.')
})
