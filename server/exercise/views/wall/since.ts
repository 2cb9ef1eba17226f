import type { State } from '../../fold/state.ts'
import { unusable } from '../../fold/verdicts.ts'
import type { SituationCode } from '../../ledger/codes.ts'
import type { ProblemView } from './problem-views.ts'
import type { HealthView, LifeView } from './wall-views.ts'

/** Since when the situation is as it is said: the oldest problem that stands, the end of the last one, the moment of a pause. ms */
export function situationSinceMs(
  state: State,
  code: `situation.${SituationCode}`,
  problems: readonly ProblemView[],
  life: readonly LifeView[],
  health: HealthView,
  atMs: number,
): number {
  const open = problems.filter((problem) => problem.open.length > 0)
  const sinceOf = (some: readonly ProblemView[]) => Math.min(atMs, ...some.map(({ sinceMs }) => sinceMs))
  switch (code) {
    case 'situation.attack':
      return sinceOf(open)
    case 'situation.outage':
    case 'situation.cascade':
      return life.some(({ out }) => out.length > 0)
        ? Math.min(...life.flatMap(({ out, sinceMs }) => (out.length > 0 ? (sinceMs ?? atMs) : [])))
        : sinceOf(open.filter(({ out, cause }) => out > 0 || cause !== 'attack'))
    case 'situation.late':
      return health.sinceMs
    case 'situation.interrupted':
      return Math.min(atMs, ...state.teams.flatMap(standingInterruptions))
    case 'situation.slow':
      return Math.min(atMs, ...slowSince(state))
    case 'situation.calm':
      return Math.max(0, ...state.teams.flatMap(troubleEnds))
    default:
      return atMs
  }
}

const standingInterruptions = ({ interruptions }: State['teams'][number]): readonly number[] =>
  interruptions.flatMap(({ fromMs, toMs }) => (toMs === null ? [fromMs] : []))

const slowSince = ({ teams }: State): readonly number[] =>
  teams.flatMap(({ services }) =>
    services.flatMap(({ verdict, sinceMs }) => (verdict === 'slow' ? [sinceMs] : [])),
  )

/** When attackers were put out, and when services came back. */
const troubleEnds = ({ attacks, services }: State['teams'][number]): readonly number[] => [
  ...attacks.flatMap(({ closedMs }) => closedMs ?? []),
  ...services.flatMap(({ history }) =>
    history.flatMap(({ fromMs }, index) => {
      const before = history[index - 1]?.verdict
      return before === 'slow' || (before !== undefined && unusable(before)) ? [fromMs] : []
    }),
  ),
]
