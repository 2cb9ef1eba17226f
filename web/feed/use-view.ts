import { useMemo } from 'react'
import type { State } from '#exercise/fold/state.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { explain } from '#exercise/scoring/explain.ts'
import type { ScoreLine } from '#exercise/scoring/score.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { hintViews } from '#exercise/views/hint-views.ts'
import { nationalView } from '#exercise/views/national-view.ts'
import { seriesAt } from '#exercise/views/series.ts'
import type { ExerciseView, HintView, NationalView, Series } from '#exercise/views/views.ts'
import { perMoment } from './per-moment.ts'
import { useAudience, useFeedState } from './use-feed.tsx'

const STEP_MS = 1000
const NO_SERIES: Series = { timesMs: [], teams: [] }

const keyOf = (audience: Audience) => (audience.seat === 'blue' ? `blue ${audience.team}` : audience.seat)

const exerciseOnce = perMoment(exerciseView, keyOf)
const nationalOnce = perMoment(nationalView, () => '')
const linesOnce = perMoment(
  (state, atMs, team: string, audience: Audience) => explain(state, team, atMs, audience),
  (team, audience) => `${keyOf(audience)}/${team}`,
)

export function useExerciseState(): State {
  return useFeedState((feed) => feed.folded.state)
}

/** Exercise time to show, in whole seconds: views are computed once a second, and at once when an event came. */
export function useAtMs(): number {
  return useFeedState((feed) => Math.floor(feed.atMs / STEP_MS) * STEP_MS)
}

export function useExercise(): ExerciseView {
  return exerciseOnce(useExerciseState(), useAtMs(), useAudience())
}

export function useNational(): NationalView {
  return nationalOnce(useExerciseState(), useAtMs())
}

export function useHints(team: string): readonly HintView[] {
  const state = useExerciseState()
  return useMemo(() => hintViews(state, team), [state, team])
}

export function useScoreLines(team: string): readonly ScoreLine[] {
  return linesOnce(useExerciseState(), useAtMs(), team, useAudience())
}

/** Points lost so far. */
export function useSeries(): Series {
  const [folded, atMs] = [useFeedState((feed) => feed.folded), useAtMs()]
  const { losses, state } = folded
  return useMemo(() => (losses ? seriesAt(losses, state, atMs) : NO_SERIES), [losses, state, atMs])
}

/** The latest events of the ledger as this seat may see them, newest last. */
export function useLedgerTail(): readonly Recorded[] {
  return useFeedState((feed) => feed.folded.tail)
}
