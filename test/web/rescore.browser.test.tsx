import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { fold } from '../../server/exercise/fold/evolve.ts'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import { upcast } from '../../server/exercise/ledger/upcast.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { rescore, sturdiness } from '../../server/exercise/scoring/rescore.ts'
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
const state = fold(day)
const { scoring } = state.scenario
/** In place of all else: whoever is best at it is first. */
const alone = 'availability:0,defence:0,recovery:0,usability:0,reporting:10000,forensics:0,strategic:0'
const open = (weights = alone, lang: (typeof LANGS)[number] = 'en') =>
  showPage(<WhiteReport key="" />, recordedFeed(day, { seat: 'white' }, END_MS), {
    ...({ lang, theme: 'dark' } as const),
    hash: `#/report?board=rescore&weights=${weights}`,
  })

for (const lang of LANGS)
  for (const [wide, high] of [
    [1366, 768],
    [390, 844],
  ] as const)
    test(`scoring again in ${lang}, ${wide} wide: nothing lies over anything else and axe finds nothing`, async () => {
      await page.viewport(wide, high)
      const box = await open(alone, lang)
      await until(() => box.querySelector('.rescore-table tbody tr'))
      for (const details of box.querySelectorAll('details')) details.open = true
      for (const theme of THEMES) {
        document.documentElement.dataset.theme = theme
        expect(misplaced(box)).toEqual([])
        expect(await violations(box)).toEqual([])
        if (KEEPS) await page.screenshot({ path: `../../.kilp/shots/rescore-${wide}-${theme}-${lang}.png` })
      }
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(wide)
    })

test('by the weights of the link teams stand side by side as the core says, what moved is marked, and the order’s firmness is told', async () => {
  await page.viewport(1366, 768)
  const box = await open()
  const rows = await until(() => {
    const found = [...box.querySelectorAll('.rescore-table tbody tr')]
    return found.length === 3 && found
  })
  const points = {
    availability: 0,
    defence: 0,
    recovery: 0,
    usability: 0,
    reporting: 10_000,
    forensics: 0,
    strategic: 0,
  }
  for (const [n, one] of rescore(state, END_MS, { ...scoring, ...points }).entries()) {
    const cells = [...(rows[n]?.children ?? [])].map(({ textContent }) => textContent ?? '')
    expect(cells[1]).toMatch(new RegExp(`^${one.recordRank}\\.`))
    expect(cells[2]).toMatch(new RegExp(`^${one.otherRank}\\.`))
    expect(rows[n]?.classList.contains('rescore-moved')).toBe(one.recordRank !== one.otherRank)
  }
  expect(box.querySelectorAll('.rescore-moved').length).toBeGreaterThan(1)
  expect(box.querySelector('.rescore-table')?.textContent).toMatch(/▲ one place up[\s\S]*one place/)
  const told = await until(() => {
    const lines = [...box.querySelectorAll('[aria-labelledby=rescore-sturdy] li')].map(
      (one) => one.textContent ?? '',
    )
    return lines.every((line) => line !== 'One moment.') && lines
  })
  for (const [n, within] of [0.05, 0.1, 0.2].entries())
    expect(told[n]).toMatch(sturdiness(state, END_MS, within).broken ? /passes/ : /holds/)
})

test('a number that is written changes the link and the table; one that can not be is said and changes nothing', async () => {
  await page.viewport(1366, 768)
  const box = await open('')
  const field = page.getByRole('spinbutton', { name: 'Defence' })
  await field.fill('0')
  await expect.poll(() => location.hash).toContain('weights=defence%3A0')
  await field.fill('20000')
  await expect.element(page.getByText(/^From 0 to 10,000\./)).toBeVisible()
  expect(location.hash).toContain('weights=defence%3A0')
  await userEvent.keyboard('{Tab}')
  await page.getByRole('button', { name: 'As in the record' }).click()
  await expect.poll(() => location.hash).not.toContain('weights')
  expect(box.querySelectorAll('.rescore-moved')).toHaveLength(0)
})

test('what a link has wrong is said, and time limits the wrong way round', async () => {
  await page.viewport(1366, 768)
  const box = await open('defense:5,recoveryZero:1')
  await until(() => box.textContent?.includes('defense:5'))
  expect(box.querySelector('.rescore-table')).toBeNull()
  expect(box.textContent).toContain('must be longer than')
})
