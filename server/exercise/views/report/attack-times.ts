import { caseId } from '../../fold/case-state.ts'
import { concluded } from '../../fold/judged.ts'
import { reportedMs, verdictOf } from '../../fold/report-state.ts'
import { responseMs } from '../../fold/responses.ts'
import type { AttackState, TeamState } from '../../fold/state.ts'
import { beganMs } from '../../scoring/propose-grade.ts'

/** How it is known that a team noticed an attack: by its report, by what it wrote of the case, or because it turned to the service. */
export type NoticedBy = 'report' | 'case' | 'work'

/** The five moments of one attack on one team, ms of exercise time, null as long as it has not come to that. */
export interface AttackTimes {
  readonly launchedMs: number
  readonly landedMs: number | null
  readonly noticedMs: number | null
  readonly noticedBy: NoticedBy | null
  /** From then on the attackers were out, as far as anybody looked. */
  readonly mendedMs: number | null
  /** When the platform found them out; where the team had closed the case before, it is the same as `mendedMs`. */
  readonly confirmedMs: number | null
}

/** The moments of an attack on a team as its own people and white know them. `atMs`: nothing later is in them. */
export function attackTimes(team: TeamState, attack: AttackState, atMs: number): AttackTimes {
  const landedMs = attack.state === 'landed' ? attack.concludedMs : null
  const noticed = landedMs === null ? null : firstNotice(team, attack, landedMs, attack.closedMs ?? atMs)
  const confirmed = caseOfAttack(team, attack)?.confirmedMs ?? attack.closedMs
  return {
    // Who does not see attacks begin knows that it began when it was concluded at the latest.
    launchedMs: concluded(attack) ? beganMs(attack) : attack.launchedMs,
    landedMs,
    noticedMs: noticed?.ms ?? null,
    noticedBy: noticed?.by ?? null,
    mendedMs: attack.closedMs,
    confirmedMs: attack.closedMs === null ? null : confirmed,
  }
}

const caseOfAttack = ({ cases }: TeamState, { attack }: AttackState) =>
  cases.list.find(({ cause }) => cause.kind === 'attack' && cause.attack === attack)

function firstNotice(
  team: TeamState,
  attack: AttackState,
  landedMs: number,
  untilMs: number,
): { readonly ms: number; readonly by: NoticedBy } | null {
  const reports = team.reports
    .filter(({ grades }) => verdictOf(grades)?.match === attack.attack)
    .flatMap((report) => reportedMs(report, landedMs) ?? [])
  const own = caseOfAttack(team, attack)
  const claim = team.work.claims.find(
    ({ subject }) => subject.kind === 'case' && own !== undefined && subject.id === caseId(own),
  )
  const written = own ? [...own.notes.map((note) => note.atMs), claim?.atMs ?? []].flat() : []
  const began = responseMs(team, attack.info.service, 'noticed', landedMs, untilMs)
  const [first] = [
    ...reports.map((ms) => ({ ms, by: 'report' as const })),
    ...written.filter((ms) => ms <= untilMs).map((ms) => ({ ms, by: 'case' as const })),
    ...(began === null ? [] : [{ ms: began, by: 'work' as const }]),
  ].toSorted((a, b) => a.ms - b.ms)
  return first ?? null
}
