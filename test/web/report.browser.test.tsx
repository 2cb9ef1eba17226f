import { afterEach, describe, expect, test, vi } from 'vitest'
import { cdp, page } from 'vitest/browser'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import { upcast } from '../../server/exercise/ledger/upcast.ts'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { THEMES } from '../../web/app/route.ts'
import { takeBatches } from '../../web/feed/feed.ts'
import { TeamReport, WhiteReport } from '../../web/report/report-page.tsx'
import dayFile from '../golden/exercise-day.jsonl?raw'
import { SECTOR_MS, sectorLedger, sectorTeams } from '../kit/sector-day.ts'
import { misplaced } from './boxes.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const day: readonly Recorded[] = dayFile
  .trimEnd()
  .split('\n')
  .map((line) => upcast(JSON.parse(line)))
const END_MS = 600_000
const TEAM = 'saareke'
const white: Audience = { seat: 'white' }
const blue: Audience = { seat: 'blue', team: TEAM }
const KEEPS: boolean = import.meta.env.VITE_SHOTS === '1'

const cases = [
  ['minister', '#/report?board=minister', white, <WhiteReport key="" />],
  ['team', `#/team-report/${TEAM}`, blue, <TeamReport key="" team={TEAM} />],
  ['excon', '#/report?board=excon', white, <WhiteReport key="" />],
] as const

afterEach(async () => {
  vi.restoreAllMocks()
  await media('')
})

describe.each(cases)('the report: %s', (name, hash, audience, element) => {
  for (const lang of LANGS)
    for (const theme of THEMES)
      test(`in ${lang}, ${theme}: nothing lies over anything else and axe finds nothing`, async () => {
        await page.viewport(1366, 768)
        const box = await showPage(element, recordedFeed(day, audience, END_MS), { hash, lang, theme })
        await until(() => box.querySelector('.paper'))
        expect(misplaced(box)).toEqual([])
        expect(await violations(box)).toEqual([])
        if (KEEPS) {
          await page.viewport(1366, 2400)
          await page.screenshot({ path: `../../.kilp/shots/report-${name}-${theme}-${lang}.png` })
        }
      })
})

const media = (name: string) =>
  (cdp() as unknown as { send(method: string, params: object): Promise<unknown> }).send(
    'Emulation.setEmulatedMedia',
    { media: name },
  )

/** Of a sheet of A4 with its margins, in CSS pixels. */
const [SHEET_WIDE, SHEET_HIGH] = [680, 1009]

describe('on paper', () => {
  for (const lang of LANGS)
    test(`in ${lang}, nothing is wider than a sheet, and a minister’s report is one`, async () => {
      await page.viewport(SHEET_WIDE, SHEET_HIGH)
      for (const [name, hash, audience, element] of cases) {
        await media('')
        const box = await showPage(element, recordedFeed(day, audience, END_MS), {
          hash,
          lang,
          theme: 'dark',
        })
        await until(() => box.querySelector('.paper'))
        await media('print')
        const shell = box.querySelector('.shell')
        expect(getComputedStyle(document.documentElement).getPropertyValue('--page').trim()).toBe('#ffffff')
        expect(box.querySelector('.report-save')?.checkVisibility()).toBe(false)
        expect(shell?.scrollWidth ?? 0).toBeLessThanOrEqual(SHEET_WIDE)
        if (name === 'minister') expect(shell?.scrollHeight ?? 0).toBeLessThanOrEqual(SHEET_HIGH)
        if (KEEPS) {
          await page.viewport(SHEET_WIDE, 1800)
          await page.screenshot({ path: `../../.kilp/shots/paper-${name}-${lang}.png` })
          await page.viewport(SHEET_WIDE, SHEET_HIGH)
        }
        box.remove()
      }
    })
})

test('24 teams beside one another fit a sheet that lies on its side', async () => {
  const [wide, high] = [1031, 703]
  await page.viewport(1366, 768)
  const many = sectorLedger(sectorTeams(24))
  const box = await showPage(<WhiteReport />, recordedFeed(many, white, SECTOR_MS), {
    ...{ lang: 'en', theme: 'light' },
    hash: '#/report?board=excon',
  })
  await until(() => box.querySelector('.paper-dense'))
  expect(misplaced(box)).toEqual([])
  expect(await violations(box)).toEqual([])
  if (KEEPS) await page.screenshot({ path: '../../.kilp/shots/report-24.png' })
  await media('print')
  await page.viewport(wide, high)
  expect(box.querySelector('.paper')?.scrollWidth ?? 0).toBeLessThanOrEqual(wide)
  expect(box.querySelector('.paper-dense')?.getBoundingClientRect().right).toBeLessThanOrEqual(wide)
  if (KEEPS) await page.screenshot({ path: '../../.kilp/shots/paper-24.png' })
})

describe('who reads what', () => {
  test('a team reads its own and nobody else’s, and no report of white’s', async () => {
    const at = { lang: 'en', theme: 'light' } as const
    const other = await showPage(<TeamReport team="meremaa" />, recordedFeed(day, blue, END_MS), {
      ...at,
      hash: '#/team-report/meremaa',
    })
    expect(other.querySelector('.paper')).toBeNull()
    const theirs = await showPage(<WhiteReport />, recordedFeed(day, blue, END_MS), {
      ...at,
      hash: '#/report',
    })
    expect(theirs.querySelector('.paper')).toBeNull()
  })

  test('is worked out anew as time goes on, and at once when somebody ends the exercise', async () => {
    const middle = day.filter(({ at }) => at <= 150_000)
    const feed = recordedFeed(middle, white, 150_000)
    const box = await showPage(<WhiteReport />, feed, {
      ...{ lang: 'en', theme: 'light' },
      hash: '#/report?board=excon',
    })
    await until(() => box.querySelector('.paper'))
    expect(box.textContent).toContain('As of 2:3')
    const take = takeBatches(feed.store, () => Promise.reject(new Error('nothing to catch up with')))
    take({ after: middle.length, cursor: day.length, events: day.slice(middle.length) })
    await until(() => box.textContent?.includes('The exercise is over.'))
    expect(box.querySelectorAll('.paper-table-heat tbody tr')).toHaveLength(7)
  })

  test('white chooses the team, and takes its report along in each form', async () => {
    const saved: string[] = []
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      saved.push(this.download)
    })
    const blobs: Blob[] = []
    vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
      blobs.push(blob as Blob)
      return 'blob:none'
    })
    const box = await showPage(<WhiteReport />, recordedFeed(day, white, END_MS), {
      ...{ lang: 'en', theme: 'light' },
      hash: `#/report?board=team&pick=${TEAM}`,
    })
    await until(() => box.querySelector('.paper'))
    expect(box.querySelector('.paper-title')?.textContent).toBe('A made storm: report of team Saareke')
    const asked: string[] = []
    vi.spyOn(window, 'fetch').mockImplementation(async (address) => {
      asked.push(String(address))
      return new Response(new Blob(['%PDF-1.7']))
    })
    for (const button of box.querySelectorAll<HTMLButtonElement>('.report-save > .button:not(.primary)'))
      button.click()
    box.querySelector<HTMLElement>('.report-tables summary')?.click()
    box.querySelector<HTMLButtonElement>('.report-tables li button')?.click()
    await until(() => saved.length === 4)
    expect(saved).toEqual([
      ...[
        'team-saareke-first-light.md',
        'team-saareke-first-light.json',
        'team-saareke-first-light-attacks.csv',
      ],
      'team-saareke-first-light-en.pdf',
    ])
    expect(asked).toEqual(['/api/report/pdf?reader=team&team=saareke&lang=en'])
    const [markdown, json, csv, pdf] = await Promise.all(blobs.map((blob) => blob.text()))
    expect(markdown).toContain('# A made storm: report of team Saareke')
    expect(JSON.parse(json ?? '')).toMatchObject({ team: TEAM, ended: true })
    expect(csv).toContain('attack,title,service')
    expect(pdf).toBe('%PDF-1.7')
  })
})
