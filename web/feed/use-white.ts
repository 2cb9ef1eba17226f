import { useMemo } from 'react'
import { type GradingView, gradingView } from '#exercise/views/grading-view.ts'
import { needsView, type TeamNeeds } from '#exercise/views/needs-view.ts'
import { type TimelineView, timelineView } from '#exercise/views/timeline-view.ts'
import { perMoment } from './per-moment.ts'
import { useAtMs, useExerciseState } from './use-view.ts'

/** Answers that white grades. */
export function useGrading(): GradingView {
  const state = useExerciseState()
  return useMemo(() => gradingView(state), [state])
}

const timelineOnce = perMoment(timelineView, () => '')

/** The timeline, for white. */
export function useTimeline(): TimelineView {
  return timelineOnce(useExerciseState(), useAtMs())
}

const needsOnce = perMoment(needsView, () => '')

/** Which teams need white, and why. */
export function useNeeds(): readonly TeamNeeds[] {
  return needsOnce(useExerciseState(), useAtMs())
}
