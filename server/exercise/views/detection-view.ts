import { byMoment } from '../fold/judged.ts'
import { filedReports, type ReportState, reportedMs, verdictOf } from '../fold/report-state.ts'
import { type AttackState, type State, type TeamState, teamOf } from '../fold/state.ts'
import { infoFor } from '../ledger/audience.ts'
import type { Audience } from '../scenario/model.ts'
import type { Text } from '../scenario/words.ts'
import { beganMs } from '../scoring/propose-grade.ts'

/** The five timestamps of one attack that landed on a team, ms of exercise time, null as long as it has not come to that. */
export interface Detection {
  readonly team: string
  readonly attack: string
  readonly title: Text
  readonly service: string
  readonly launchedMs: number
  readonly landedMs: number
  /** What the first report of it says. */
  readonly noticedMs: number | null
  readonly reportedMs: number | null
  readonly mendedMs: number | null
  /** From landing to the first report; 0 where it was reported before it landed. */
  readonly tookMs: number | null
  readonly report: string | null
  /** When a report was filed that nobody has graded and that may be of it; left out where none was. */
  readonly waitsMs?: number
}

/**
 * How soon teams saw what hit them: each attack that landed, by team and moment. A report counts once those who grade have said which attack it is of. For white all teams, for a team its
 * own, for others none.
 */
export function detectionView(state: State, audience: Audience): readonly Detection[] {
  const teams =
    audience.seat === 'white'
      ? state.teams
      : audience.seat === 'blue'
        ? [teamOf(state, audience.team) ?? []].flat()
        : []
  return teams.flatMap((team) => detections(team, audience))
}

function detections(team: TeamState, audience: Audience): readonly Detection[] {
  const filed = filedReports(team.reports).map((report) => ({ report, verdict: verdictOf(report.grades) }))
  return team.attacks
    .filter(({ state }) => state === 'landed')
    .toSorted(byMoment)
    .map((attack): Detection => {
      const first = filed.find(({ verdict }) => verdict?.match === attack.attack)?.report
      const { title, service } = infoFor(audience, team.id, attack.info)
      const landedMs = attack.concludedMs ?? 0
      const filedMs = first ? reportedMs(first, beganMs(attack)) : null
      const waitsMs = first ? undefined : waiting(filed, attack)
      return {
        team: team.id,
        attack: attack.attack,
        title,
        service,
        launchedMs: beganMs(attack),
        landedMs,
        noticedMs: first?.versions.at(-1)?.fields?.noticedMs ?? null,
        reportedMs: filedMs,
        mendedMs: attack.closedMs,
        tookMs: filedMs === null ? null : Math.max(0, filedMs - landedMs),
        report: first?.report ?? null,
        ...(waitsMs !== undefined && { waitsMs }),
      }
    })
}

/** When the first report that nobody has graded named the service of an attack that had begun. */
function waiting(
  filed: readonly { readonly report: ReportState }[],
  attack: AttackState,
): number | undefined {
  const moments = filed.flatMap(({ report: { grades, versions } }) =>
    grades.length > 0
      ? []
      : versions
          .filter(({ fields, atMs }) => fields?.service === attack.info.service && atMs >= beganMs(attack))
          .map(({ atMs }) => atMs),
  )
  return moments.length > 0 ? Math.min(...moments) : undefined
}
