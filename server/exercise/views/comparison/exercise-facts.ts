import { reportedMs, verdictOf } from '../../fold/report-state.ts'
import type { AttackState, State, TeamState } from '../../fold/state.ts'
import { rulesOf } from '../../ledger/rules.ts'
import { namedTitle } from '../../scenario/named-title.ts'
import type { Text } from '../../scenario/words.ts'
import { attackTimes } from '../report/attack-times.ts'
import { classIds } from '../report/weakness-classes.ts'

/** One attack on a team that was judged. Whoever closed it had noticed it by then. Times in ms from the moment at which it landed; null: never, or it did not land. */
export interface FoughtAttack {
  readonly classes: readonly string[]
  readonly state: 'landed' | 'blocked' | 'blocked-by-outage'
  readonly detectMs: number | null
  /** Undefined where the exercise asks for no reports. */
  readonly reportMs?: number | null
  readonly mendMs: number | null
}

export interface TeamFought {
  readonly name: Text
  readonly attacks: readonly FoughtAttack[]
}

/** What a comparison needs of one exercise: little, so that all of them can be kept. */
export interface FoughtExercise {
  readonly exercise: string
  readonly title: Text
  readonly ended: boolean
  readonly teams: readonly TeamFought[]
}

export function foughtExercise(state: State, atMs: number): FoughtExercise {
  const reports = state.scenario.scoring.reporting > 0 && rulesOf(state).reports !== undefined
  return {
    exercise: state.exerciseId,
    title: namedTitle(state.name, state.scenario.title),
    ended: state.phase === 'ended',
    teams: state.teams.map((team) => ({
      name: team.name,
      attacks: team.attacks.flatMap((attack) => fought(team, attack, reports, atMs)),
    })),
  }
}

function fought(
  team: TeamState,
  attack: AttackState,
  reports: boolean,
  atMs: number,
): readonly FoughtAttack[] {
  const { state, info } = attack
  if (state !== 'landed' && state !== 'blocked' && state !== 'blocked-by-outage') return []
  const { landedMs, noticedMs, mendedMs } = attackTimes(team, attack, atMs)
  const since = (ms: number | null) => (ms === null || landedMs === null ? null : ms - landedMs)
  const filed = team.reports
    .filter(({ grades }) => verdictOf(grades)?.match === attack.attack)
    .flatMap((report) => reportedMs(report, landedMs ?? 0) ?? [])
  return [
    {
      ...{ classes: classIds(info), state, detectMs: since(noticedMs ?? mendedMs), mendMs: since(mendedMs) },
      ...(reports && { reportMs: since(filed.length === 0 ? null : Math.min(...filed)) }),
    },
  ]
}
