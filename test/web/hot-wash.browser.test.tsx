import { expect, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import { upcast } from '../../server/exercise/ledger/upcast.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { seriesAt } from '../../server/exercise/views/series.ts'
import { turningPoints } from '../../server/exercise/views/turning-points.ts'
import { foldOn, nothingFolded } from '../../server/exercise/wire/folded.ts'
import { HotWash } from '../../web/report/hot-wash.tsx'
import dayFile from '../golden/exercise-day.jsonl?raw'
import { misplaced } from './boxes.ts'
import { recordedFeed, showPage, until, violations } from './recorded-feed.tsx'

const day: readonly Recorded[] = dayFile
  .trimEnd()
  .split('\n')
  .map((line) => upcast(JSON.parse(line)))
const END_MS = 600_000
const KEEPS: boolean = import.meta.env.VITE_SHOTS === '1'
const open = (lang: (typeof LANGS)[number], theme: 'dark' | 'light' = 'dark') =>
  showPage(<HotWash key="" />, recordedFeed(day, { seat: 'white' }, END_MS), {
    hash: '#/hot-wash',
    lang,
    theme,
  })

for (const [nth, lang] of LANGS.entries())
  test(`six slides in ${lang}: each has a title and something on it, fits the window, and axe finds nothing`, async () => {
    await page.viewport(1366, 768)
    const box = await open(lang, nth % 2 === 0 ? 'dark' : 'light')
    const titles = new Set<string>()
    for (let n = 1; n <= 6; n += 1) {
      await until(() => box.querySelector('.slide-foot .num')?.textContent?.includes(`${n}`))
      const title = await until(() => box.querySelector('.slide h2')?.textContent)
      titles.add(title)
      expect(box.querySelector('.slide-body')?.textContent?.length ?? 0, title).toBeGreaterThan(10)
      expect(misplaced(box)).toEqual([])
      expect(await violations(box)).toEqual([])
      const body = box.querySelector('.slide-body')
      expect((body?.scrollHeight ?? 0) - (body?.clientHeight ?? 0), title).toBeLessThanOrEqual(1)
      if (KEEPS) await page.screenshot({ path: `../../.kilp/shots/hotwash-${n}-${lang}.png` })
      await userEvent.keyboard('{ArrowRight}')
    }
    expect(titles.size).toBe(6)
  })

test('a projector’s remote turns them: on, back, to the first and last, and never past an end', async () => {
  await page.viewport(1920, 1080)
  const box = await open('en')
  const at = () => box.querySelector('.slide-foot .num')?.textContent
  await until(() => at() === 'Slide 1 of 6')
  for (const [keys, shown] of [
    ['{PageDown}', 2],
    ['{ArrowRight}{ArrowRight}', 4],
    ['{PageUp}', 3],
    ['{End}', 6],
    ['{PageDown}', 6],
    ['{Home}', 1],
    ['{ArrowLeft}', 1],
  ] as const) {
    await userEvent.keyboard(keys)
    await until(() => at() === `Slide ${shown} of 6`)
  }
  // What decided it leads into the replay of that moment.
  await userEvent.keyboard('{End}')
  const link = await until(() => box.querySelector<HTMLAnchorElement>('.slide-body a'))
  expect(link.getAttribute('href')).toMatch(/^#\/national\?.*at=\d+/)
})

const planned = (n: number, kind: 'improvement' | 'strength'): Recorded => ({
  type: 'observation.recorded',
  version: 1,
  at: END_MS,
  wall: 1,
  position: day.length + 1 + n,
  data: {
    ...{ observation: `O${n}`, kind, text: `Line ${n}`, recommendation: 'Call sooner', owner: '', due: '' },
    ...{ source: null, by: { kind: 'seat', seatId: 'w', seat: 'white', name: 'Mari' } },
  },
})

test('three lines of the plan have a slide where white has written some, what is to be improved first', async () => {
  await page.viewport(1366, 768)
  const plan = [
    planned(0, 'strength'),
    ...[1, 2, 3].map((n) => planned(n, 'improvement')),
    planned(4, 'strength'),
  ]
  const feed = recordedFeed([...day, ...plan], { seat: 'white' }, END_MS)
  const box = await showPage(<HotWash key="" />, feed, {
    hash: '#/hot-wash?pick=6',
    lang: 'en',
    theme: 'light',
  })
  await until(() => box.querySelector('.slide h2')?.textContent === 'Improvement plan')
  const rows = [...box.querySelectorAll('.slide tbody tr')].map(
    (row) => row.querySelector('td')?.textContent ?? '',
  )
  expect(rows).toEqual(['Line 1', 'Line 2', 'Line 3'])
  expect(box.querySelector('.slide-foot .num')?.textContent).toBe('Slide 6 of 7')
  expect(misplaced(box)).toEqual([])
  expect(await violations(box)).toEqual([])
})

test('the slide of the turning points says how many there are, as many as the replay has, and leads there', async () => {
  await page.viewport(1366, 768)
  const box = await open('en')
  await until(() => box.querySelector('.slide h2'))
  await userEvent.keyboard('{End}')
  const link = await until(() => box.querySelector<HTMLAnchorElement>('.slide-body p a'))
  const { state, losses } = foldOn(nothingFolded, day, day.length)
  if (!losses) throw new Error('a fold of all has samples')
  const all = turningPoints(state, seriesAt(losses, state, END_MS), END_MS)
  expect(link.textContent).toBe(`9 of ${all.length} turning points: the replay has all of them.`)
  expect(link.getAttribute('href')).toMatch(/^#\/national\?.*at=\d+/)
  expect(box.querySelectorAll('.slide-body li')).toHaveLength(9)
})
