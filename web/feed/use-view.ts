import { useMemo } from 'react'
import type { AppealState } from '#exercise/fold/appeal-state.ts'
import type { State } from '#exercise/fold/state.ts'
import type { TeamWork } from '#exercise/fold/team-work.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import type { AppealSubject } from '#exercise/ledger/people-events.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { explain } from '#exercise/scoring/explain.ts'
import type { ScoreLine } from '#exercise/scoring/score.ts'
import { type CaseView, caseViews } from '#exercise/views/case-views.ts'
import { type Detection, detectionView } from '#exercise/views/detection-view.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { hintViews } from '#exercise/views/hint-views.ts'
import { type InboxItem, inboxView } from '#exercise/views/inbox-view.ts'
import { type Due, dueNext } from '#exercise/views/own-story/due.ts'
import type { ScoredMoment } from '#exercise/views/own-story/moment.ts'
import { ownStory } from '#exercise/views/own-story/own-story.ts'
import { appealViews, type ReportView, reportViews } from '#exercise/views/report-views.ts'
import type { ExerciseView, HintView } from '#exercise/views/views.ts'
import { workView } from '#exercise/views/work-view.ts'
import { perMoment } from './per-moment.ts'
import { useAudience, useFeedState } from './use-feed.tsx'

const STEP_MS = 1000

const keyOf = (audience: Audience) => (audience.seat === 'blue' ? `blue ${audience.team}` : audience.seat)

const exerciseOnce = perMoment(exerciseView, keyOf)
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

export function useHints(team: string): readonly HintView[] {
  const state = useExerciseState()
  return useMemo(() => hintViews(state, team), [state, team])
}

const inboxOnce = perMoment(inboxView, (team, audience) => `${keyOf(audience)}/${team}`)

/** Messages to a team, for itself and white. */
export function useInbox(team: string): readonly InboxItem[] {
  return inboxOnce(useExerciseState(), useAtMs(), team, useAudience())
}

const reportsOnce = perMoment(
  (state, _atMs, team: string, audience: Audience) => reportViews(state, team, audience),
  (team, audience) => `${keyOf(audience)}/${team}`,
)

/** A team's reports of incidents, for itself and white. */
export function useReports(team: string): readonly ReportView[] {
  return reportsOnce(useExerciseState(), useAtMs(), team, useAudience())
}

/** A team's appeals on a grade or a line of its score, oldest first. */
export function useAppeals(team: string, subject: AppealSubject): readonly AppealState[] {
  return appealViews(useExerciseState(), team, subject, useAudience())
}

/** How soon attacks that landed were noticed and reported. */
export function useDetection(): readonly Detection[] {
  const [state, audience] = [useExerciseState(), useAudience()]
  return useMemo(() => detectionView(state, audience), [state, audience])
}

const workOnce = perMoment(
  (state, _, team: string, audience: Audience) => workView(state, team, audience),
  (team, audience) => `${keyOf(audience)}/${team}`,
)

/** Who of a team works on what, and its hand-over notes, for itself and white. */
export function useWork(team: string): TeamWork {
  return workOnce(useExerciseState(), 0, team, useAudience())
}

const casesOnce = perMoment(
  (state, _, team: string, audience: Audience) => caseViews(state, team, audience),
  (team, audience) => `${keyOf(audience)}/${team}`,
)

/** A team's cases, for itself and white. */
export function useCases(team: string): readonly CaseView[] {
  return casesOnce(useExerciseState(), 0, team, useAudience())
}

const storyOnce = perMoment(ownStory, (team, audience) => `${keyOf(audience)}/${team}`)

/** What has happened to a team, oldest first, for itself and white. */
export function useOwnStory(team: string): readonly ScoredMoment[] {
  return storyOnce(useExerciseState(), useAtMs(), team, useAudience())
}

const dueOnce = perMoment(dueNext, (team, audience) => `${keyOf(audience)}/${team}`)

/** What is due next for a team, for itself and white. */
export function useDue(team: string): readonly Due[] {
  return dueOnce(useExerciseState(), useAtMs(), team, useAudience())
}

export function useScoreLines(team: string): readonly ScoreLine[] {
  return linesOnce(useExerciseState(), useAtMs(), team, useAudience())
}

/** The latest events of the ledger as this seat may see them, newest last. */
export function useLedgerTail(): readonly Recorded[] {
  return useFeedState((feed) => feed.folded.tail)
}
