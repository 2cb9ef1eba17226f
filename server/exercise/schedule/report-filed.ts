import { filedReports, type ReportState, verdictOf } from '../fold/report-state.ts'
import type { State, TeamState } from '../fold/state.ts'
import type { ReportAbout } from '../scenario/trigger.ts'
import { beganMs, proposeGrade } from '../scoring/propose-grade.ts'
import type { Truth } from './truth.ts'

/** Whether a team has filed a report of this, and since when. Pure: kept by team as it stands, for this is asked at every tick. */
export function reportTruth(state: State, team: TeamState, about: ReportAbout): Truth {
  const { attack, service } = about
  if (attack !== undefined) return ofAttack(state, team, attack)
  const moments = filedReports(team.reports).flatMap(
    ({ versions }) =>
      versions.find(({ fields }) => service === undefined || fields?.service === service)?.atMs ?? [],
  )
  return moments.length > 0 ? { so: true, sinceMs: Math.min(...moments) } : { so: false, sinceMs: 0 }
}

const known = new WeakMap<TeamState, Map<string, Truth>>()

function ofAttack(state: State, team: TeamState, attack: string): Truth {
  const truths = known.get(team) ?? new Map<string, Truth>()
  known.set(team, truths)
  const before = truths.get(attack)
  if (before) return before
  const filed = filedReports(team.reports)
  const of = filed.filter((report) => matchOf(state, team, report) === attack)
  const moments = (of.length > 0 ? of : filed).map((report) => settledMs(team, report))
  const truth =
    of.length > 0
      ? { so: true, sinceMs: Math.min(...moments) }
      : { so: false, sinceMs: Math.max(0, ...moments) }
  truths.set(attack, truth)
  return truth
}

/** What those who grade say that a report is of; while nobody has, what the platform would say. */
function matchOf(state: State, team: TeamState, report: ReportState) {
  const verdict = verdictOf(report.grades)
  return verdict ? verdict.match : proposeGrade(state, team, report)?.match
}

/**
 * Since when at least a report has been of what it is of: when it was graded last, else when it or anything that it may be compared with changed last. Later than need be rather than
 * sooner, so that `for` counts no time that nobody knows of.
 */
function settledMs({ attacks }: TeamState, { versions, grades }: ReportState): number {
  const graded = grades.map(({ atMs }) => atMs)
  if (graded.length > 0) return Math.max(...graded)
  const filedMs = versions.at(-1)?.atMs ?? 0
  const compared = attacks.filter((attack) => beganMs(attack) <= filedMs)
  return Math.max(
    filedMs,
    ...compared.flatMap(({ concludedMs, closedMs }) => [concludedMs ?? 0, closedMs ?? 0]),
  )
}
