import type { State } from '../../server/exercise/fold/state.ts'
import { explain } from '../../server/exercise/scoring/explain.ts'
import { detectionView } from '../../server/exercise/views/detection-view.ts'
import { exerciseView } from '../../server/exercise/views/exercise-view.ts'
import { gradingView } from '../../server/exercise/views/grading-view.ts'
import { inboxView } from '../../server/exercise/views/inbox-view.ts'
import { nationalView } from '../../server/exercise/views/national-view.ts'
import { needsView } from '../../server/exercise/views/needs-view.ts'
import { reportViews } from '../../server/exercise/views/report-views.ts'
import { timelineView } from '../../server/exercise/views/timeline-view.ts'

const WARM = 5
const TIMES = 21

/** ms, median, that each view takes of this state; by what it is of. Those of people only where there are any. */
export function viewTimes(state: State, atMs: number, team: string): Readonly<Record<string, number>> {
  const white = { seat: 'white' } as const
  const blue = { seat: 'blue', team } as const
  const people = state.scenario.injects.length > 0
  const views: Readonly<Record<string, () => unknown>> = {
    'the exercise, instructor': () => exerciseView(state, atMs, white),
    'the exercise, team': () => exerciseView(state, atMs, blue),
    'the exercise, guest': () => exerciseView(state, atMs, { seat: 'guest' }),
    'the nation': () => nationalView(state, atMs),
    'the timeline': () => timelineView(state, atMs),
    'who needs help': () => needsView(state, atMs),
    'what was detected': () => detectionView(state, white),
    'a team’s score line by line': () => explain(state, team, atMs, blue),
    ...(people && {
      'what is to be graded': () => gradingView(state),
      'a team’s inbox': () => inboxView(state, atMs, team, blue),
      'a team’s reports': () => reportViews(state, team, blue),
    }),
  }
  return Object.fromEntries(Object.entries(views).map(([what, view]) => [what, medianMs(view)]))
}

function medianMs(work: () => unknown): number {
  const times: number[] = []
  for (let n = 0; n < WARM + TIMES; n += 1) {
    const since = performance.now()
    work()
    if (n >= WARM) times.push(performance.now() - since)
  }
  return times.toSorted((a, b) => a - b)[TIMES >> 1] ?? Number.NaN
}
