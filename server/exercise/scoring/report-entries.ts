import { filedReports, type ReportState, reportedMs, verdictOf } from '../fold/report-state.ts'
import { injectWeight } from '../scenario/inject-weight.ts'
import { attackWeight } from '../scenario/weaknesses.ts'
import { attackBases, judgedAttacks } from './attack-share.ts'
import type { Deduction, Given, Judged } from './category.ts'
import { beganMs } from './propose-grade.ts'

export type ReportCode = 'reported' | 'reported-late' | 'unreported' | 'waiting'
export const REPORT_CODES: readonly ReportCode[] = ['reported', 'reported-late', 'unreported', 'waiting']

/** [SC22] The points of reporting that are for attacks, and those that are for messages, in quanta. */
export function reportingBudgets({ budget, scenario, rules }: Given): {
  readonly attacks: number
  readonly injects: number
} {
  if (!rules.reports || attackWeight(scenario) <= 0) return { attacks: 0, injects: budget }
  if (injectWeight(scenario, 'reporting') <= 0) return { attacks: budget, injects: 0 }
  const attacks = Math.round(budget * rules.reports.attacksPart)
  return { attacks, injects: budget - attacks }
}

/**
 * [SC22] One entry for each attack that landed, once the first report of it is graded, or its time is over without one. While a report waits for its grade that was filed before and can be of it, nothing
 * is possible; at the end that is listed and counts nowhere.
 */
export function reportEntries(given: Given): readonly Judged<ReportCode>[] {
  const { attacks: budget } = reportingBudgets(given)
  if (budget === 0) return []
  const said = filedReports(given.team.reports).map((report) => ({
    report,
    verdict: verdictOf(report.grades),
  }))
  const withinMs = given.scenario.scoring.reportWithinMs
  const baseOf = attackBases({ ...given, budget })
  return judgedAttacks(given)
    .filter(({ state }) => state === 'landed')
    .flatMap((attack): readonly Judged<ReportCode>[] => {
      const base = {
        ...baseOf(attack),
        id: `attack/${attack.attack}`,
        rule: 'SC22',
      }
      const [fromMs, untilMs] = [beganMs(attack), attack.concludedMs + withinMs]
      const first = said.find(
        ({ report, verdict }) =>
          verdict?.match === attack.attack || (verdict === null && canBeOf(report, fromMs, untilMs)),
      )
      if (!first) return given.atMs > untilMs ? [{ ...base, points: 0, code: 'unreported' }] : []
      const { report, verdict } = first
      const versions = report.versions.map(({ position }) => position)
      const params = { report: report.report }
      const events = [attack.concludedBy, ...versions, ...(verdict?.by ?? [])]
      if (!verdict)
        return given.ended ? [{ ...base, points: 0, possible: 0, code: 'waiting', params, events }] : []
      const filedMs = reportedMs(report, fromMs) ?? report.versions[0]?.atMs ?? 0
      const late = filedMs > untilMs
      const kept = late ? given.rules.lateKeeps : 1
      return [
        {
          ...base,
          points: Math.floor(base.possible * verdict.share * kept),
          code: late ? 'reported-late' : 'reported',
          params,
          events,
        },
      ]
    })
}

/** Some version of it was filed while the attack was to be reported. */
const canBeOf = ({ versions }: ReportState, fromMs: number, untilMs: number): boolean =>
  versions.some(({ atMs }) => atMs >= fromMs && atMs <= untilMs)

/** [SC22] Reports of what never happened, after the free ones, in the order in which they were filed. */
export function falseReports(given: Given): readonly Deduction<'false-report'>[] {
  const { rules } = given
  const { attacks } = reportingBudgets(given)
  if (!rules.reports || attacks === 0) return []
  const cost = Math.floor(attacks * rules.reports.falseCost)
  return filedReports(given.team.reports)
    .flatMap(({ report, versions, grades }) => {
      const verdict = verdictOf(grades)
      return verdict?.match === false ? [{ report, versions, by: verdict.by }] : []
    })
    .slice(rules.reports.freeFalse)
    .map(({ report, versions, by }) => ({
      id: `false-report/${report}`,
      points: cost,
      code: 'false-report',
      params: { report },
      service: null,
      attack: null,
      rule: 'SC22',
      events: [...versions.map(({ position }) => position), ...by],
      evidence: null,
    }))
}
