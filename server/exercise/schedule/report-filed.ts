import { filedReports, type ReportState, verdictOf } from '../fold/report-state.ts'
import type { State, TeamState } from '../fold/state.ts'
import type { Scenario } from '../scenario/model.ts'
import type { ReportMatch } from '../scenario/report.ts'
import type { ReportAbout } from '../scenario/trigger.ts'
import { kept } from '../scoring/kept.ts'
import { beganMs } from '../scoring/propose-grade.ts'
import { proposedMatch, proposedUntil } from './report-match.ts'
import type { Truth } from './truth.ts'

/** Whether a team has filed a report of this, and since when. Pure: kept for each report by what its match depends on, for this is asked at every tick. */
export function reportTruth(state: State, team: TeamState, about: ReportAbout): Truth {
  const { attack, service } = about
  if (attack !== undefined) return ofAttack(state, team, attack)
  const moments = filedReports(team.reports).flatMap(
    ({ versions }) =>
      versions.find(({ fields }) => service === undefined || fields?.service === service)?.atMs ?? [],
  )
  return moments.length > 0 ? { so: true, sinceMs: Math.min(...moments) } : { so: false, sinceMs: 0 }
}

/** What a report is of, since when at least, and until when it was of others. */
interface Standing {
  readonly of: ReportMatch
  readonly sinceMs: number
  readonly until: ReadonlyMap<string, number>
}
type Standings = WeakMap<ReportState, Standing>

const known = new WeakMap<Scenario, WeakMap<TeamState['attacks'], Standings>>()

/** While no report is of it: since the last moment at which one was, so that others which a team files or edits meanwhile begin nothing anew. */
function ofAttack(state: State, { attacks, reports }: TeamState, attack: string): Truth {
  const byAttacks = kept(known, state.scenario, () => new WeakMap())
  const byReport: Standings = kept(byAttacks, attacks, () => new WeakMap())
  const standings = reports
    .filter(({ versions }) => versions.length > 0)
    .map((report) => kept(byReport, report, () => standingOf(state, attacks, report)))
  const of = standings.filter((one) => one.of === attack)
  if (of.length > 0) return { so: true, sinceMs: Math.min(...of.map(({ sinceMs }) => sinceMs)) }
  return { so: false, sinceMs: Math.max(0, ...standings.map(({ until }) => until.get(attack) ?? 0)) }
}

/** What those who grade say that a report is of; while nobody has, what the platform would say. */
function standingOf(state: State, attacks: TeamState['attacks'], report: ReportState): Standing {
  const verdict = verdictOf(report.grades)
  const until = new Map(proposedUntil(state, attacks, report))
  for (const { attack, untilMs } of report.was ?? []) until.set(attack, untilMs)
  return {
    of: verdict ? verdict.match : proposedMatch(state, attacks, report),
    sinceMs: settledMs(attacks, report),
    until,
  }
}

/**
 * Since when at least a report has been of what it is of: when it was graded last, else when it or anything that it may be compared with changed last. Later than need be rather than
 * sooner, so that `for` counts no time that nobody knows of.
 */
function settledMs(attacks: TeamState['attacks'], { versions, grades }: ReportState): number {
  const graded = grades.map(({ atMs }) => atMs)
  if (graded.length > 0) return Math.max(...graded)
  const filedMs = versions.at(-1)?.atMs ?? 0
  const compared = attacks.filter((attack) => beganMs(attack) <= filedMs)
  return Math.max(
    filedMs,
    ...compared.flatMap(({ concludedMs, closedMs }) => [concludedMs ?? 0, closedMs ?? 0]),
  )
}
