import type { State } from '#exercise/fold/state.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import { explain } from '#exercise/scoring/explain.ts'
import type { ScoreLine } from '#exercise/scoring/score.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { hintViews } from '#exercise/views/hint-views.ts'
import { nationalView } from '#exercise/views/national-view.ts'
import { seriesAt } from '#exercise/views/series.ts'
import type { ExerciseView, HintView, NationalView, Series } from '#exercise/views/views.ts'
import type { FeedStore } from './feed.ts'
import { latest } from './latest.ts'
import { useAudience, useFeed, useFeedState } from './use-feed.tsx'

const STEP_MS = 1000
const NO_SERIES: Series = { timesMs: [], teams: [] }

/** Every part of a page asks for the views it shows; each is computed once per change of the feed, whoever asks. */
const openViews = () => ({
  exercise: latest(exerciseView),
  national: latest(nationalView),
  hints: latest(hintViews),
  lines: latest(explain),
  series: latest(seriesAt),
})
const ofFeeds = new WeakMap<FeedStore, ReturnType<typeof openViews>>()

function useViews(): ReturnType<typeof openViews> {
  const { store } = useFeed()
  const views = ofFeeds.get(store) ?? openViews()
  ofFeeds.set(store, views)
  return views
}

export function useExerciseState(): State {
  return useFeedState((feed) => feed.folded.state)
}

/** Exercise time to show, in whole seconds: views are computed once a second, and at once when an event came. */
export function useAtMs(): number {
  return useFeedState((feed) => Math.floor(feed.atMs / STEP_MS) * STEP_MS)
}

export function useExercise(): ExerciseView {
  return useViews().exercise(useExerciseState(), useAtMs(), useAudience())
}

export function useNational(): NationalView {
  return useViews().national(useExerciseState(), useAtMs())
}

export function useHints(team: string): readonly HintView[] {
  return useViews().hints(useExerciseState(), team)
}

export function useScoreLines(team: string): readonly ScoreLine[] {
  return useViews().lines(useExerciseState(), team, useAtMs(), useAudience())
}

/** Points so far. */
export function useSeries(): Series {
  const [views, atMs] = [useViews(), useAtMs()]
  const { points, state } = useFeedState((feed) => feed.folded)
  return points ? views.series(points, state, atMs) : NO_SERIES
}

/** The latest events of the ledger as this seat may see them, newest last. */
export function useLedgerTail(): readonly Recorded[] {
  return useFeedState((feed) => feed.folded.tail)
}
