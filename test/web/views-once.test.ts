import i18next from 'i18next'
import { createElement as h } from 'react'
import { renderToString } from 'react-dom/server'
import { beforeAll, expect, test, vi } from 'vitest'
import { explain } from '#exercise/scoring/explain.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { nationalView } from '#exercise/views/national-view.ts'
import { foldBatch, nothingFolded } from '#exercise/wire/folded.ts'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { createFeedStore, emptyFeed } from '../../web/feed/feed.ts'
import { FeedOf } from '../../web/feed/use-feed.tsx'
import { useNational } from '../../web/feed/use-national.ts'
import { useExercise, useScoreLines } from '../../web/feed/use-view.ts'
import { ScoreTab } from '../../web/team-room/score-tab.tsx'
import { recordLedger } from '../kit/ledger.ts'

vi.mock('#exercise/scoring/explain.ts', { spy: true })
vi.mock('#exercise/views/exercise-view.ts', { spy: true })
vi.mock('#exercise/views/national-view.ts', { spy: true })

const ledger = recordLedger(600_000)

/** A page of the Finnish team's that has taken the ledger up to `upTo` events, shown at `atMs`. */
function shown(atMs: number, page: Parameters<typeof h>[0], upTo = ledger.length) {
  const folded = foldBatch(nothingFolded, { after: 0, cursor: upTo, events: ledger.slice(0, upTo) })
  const store = createFeedStore(() => 0)
  const seat = { seatId: 's', seat: 'blue', team: 'finland', label: '' } as const
  store.setState({ ...emptyFeed, seat, atMs, folded: folded ?? nothingFolded }, true)
  const never = () => new Promise<never>(() => undefined)
  const feed = { store, wire: { catchUp: never, command: never }, socket: null, close: () => undefined }
  return () => renderToString(h(FeedOf, { feed, children: h(page) }))
}

beforeAll(() => i18next.init({ lng: 'en' }))

const calls = () => [explain, exerciseView, nationalView].map((view) => vi.mocked(view).mock.calls.length)
const since = (before: readonly number[]) => calls().map((n, i) => n - (before[i] ?? 0))

test('the Score tab computes lines and exercise once for a change, not once for each line', () => {
  const Page = () => {
    const team = useExercise().teams.find(({ id }) => id === 'finland')
    return team ? h(ScoreTab, { team }) : null
  }
  const render = shown(600_000, Page)
  const before = calls()
  const lines = render().match(/score-line/g)?.length ?? 0
  expect(lines).toBeGreaterThan(20)
  expect(since(before)).toEqual([1, 1, 0])
  // Nothing changed: nothing is computed again.
  render()
  expect(since(before)).toEqual([1, 1, 0])
})

test('any number of parts that ask for the same share one answer, and another moment or state has its own', () => {
  const seen: { national: unknown; japan: unknown }[] = []
  const Part = () => {
    useExercise()
    seen.push({ national: useNational(), japan: useScoreLines('japan') })
    useScoreLines('finland')
    return null
  }
  const Page = () => [1, 2, 3].map((key) => h(Part, { key }))
  const before = calls()
  shown(300_000, Page)()
  expect(since(before)).toEqual([2, 1, 1])
  expect(new Set(seen.map(({ national }) => national)).size).toBe(1)
  shown(301_000, Page)()
  expect(since(before)).toEqual([4, 2, 2])
  shown(301_000, Page, ledger.length - 1)()
  expect(since(before)).toEqual([6, 3, 3])
  const team: Audience = { seat: 'blue', team: 'finland' }
  expect(vi.mocked(explain).mock.lastCall?.slice(1)).toEqual(['finland', 301_000, team])
})
