import {
  filedReports,
  judgedVersion,
  type ReportState,
  type ReportVersion,
  reportedMs,
  verdictOf,
} from '../fold/report-state.ts'
import type { AttackState, State, TeamState } from '../fold/state.ts'
import { type ReportRules, RULES, type RulesTable, rulesOf } from '../ledger/rules.ts'
import {
  parentTechnique,
  REPORT_CRITERIA,
  type ReportCriterion,
  type ReportFields,
  type ReportMatch,
  type ReportReason,
} from '../scenario/report.ts'
import { weaknessOf } from '../scenario/weaknesses.ts'
import { type Indicators, indicatorsReported } from './indicators.ts'

/** Clocks and memories of people are so exact. ms */
const MEMORY_MS = 60_000

type Points = Readonly<Record<ReportCriterion, number>>
type Reasons = Readonly<Record<ReportCriterion, ReportReason>>

/** What a report earns of the points for one attack. */
export interface Judgement {
  /** Points of 100 by criterion. */
  readonly criteria: Points
  readonly reasons: Reasons
  /** 0..1 */
  readonly share: number
}

/** What the platform would say of a report, with its reasons; people decide. */
export interface Proposal {
  readonly match: ReportMatch
  /** What is known of what it matches: `landed` or `blocked`, an attack `under-way` that nobody can judge yet, `trouble` without an attack, or `nothing`. */
  readonly about: 'landed' | 'blocked' | 'under-way' | 'trouble' | 'nothing'
  /** Of the attack that it matches; null where it matches none. */
  readonly judgement: Judgement | null
  /** A report of the team that was filed before it and stands for the same attack: this one counts no more. */
  readonly duplicateOf: string | null
}

/**
 * [SC22] Matches a report with what really happened to its team (service, technique or its parent, time, indicators seen in the evidence of the attack), and proposes a grade. Pure. Of a
 * `state` folded from the whole ledger; null where the report was never filed, or where the exercise knows no such reports.
 */
export function proposeGrade(
  state: State,
  team: TeamState,
  report: ReportState,
  table: RulesTable = RULES,
): Proposal | null {
  const { reports: rules } = rulesOf(state, table)
  const last = report.versions.at(-1)
  if (!rules || !last?.fields) return null
  const { service } = last.fields
  const best = bestMatch(team.attacks, last, (attack) => judgeReport(state, report, attack, rules))
  if (best) {
    const match = best.attack.attack
    return {
      match,
      about: best.attack.state === 'landed' ? 'landed' : 'blocked',
      judgement: best.judgement,
      duplicateOf: earlierFor(team, report, match),
    }
  }
  const others = team.attacks.filter((one) => one.info.service === service && !judgeable(one))
  if (others.length > 0) return { match: null, about: 'under-way', judgement: null, duplicateOf: null }
  if (troubled(state, team, last.fields, last.atMs))
    return { match: null, about: 'trouble', judgement: null, duplicateOf: null }
  return { match: false, about: 'nothing', judgement: null, duplicateOf: null }
}

/** The attack that a report is of if it is of any: of those that began before its last version and are concluded, the one that it says most of. */
export function bestMatch(
  attacks: readonly AttackState[],
  last: ReportVersion,
  judge: (attack: AttackState) => Judgement | null,
): { readonly attack: AttackState; readonly judgement: Judgement } | undefined {
  const [best] = attacks
    .filter((attack) => judgeable(attack) && beganMs(attack) <= last.atMs)
    .flatMap((attack) => {
      const judgement = judge(attack)
      return judgement && about(judgement) ? [{ attack, judgement }] : []
    })
    .toSorted(
      (a, b) => b.judgement.share - a.judgement.share || apart(a.attack, last) - apart(b.attack, last),
    )
  return best
}

/** [SC22] What a report says right of an attack, or null where it says nothing that can be judged. */
export function judgeReport(
  state: State,
  report: ReportState,
  attack: AttackState,
  rules: ReportRules,
): Judgement | null {
  const landedMs = attack.concludedMs ?? attack.launchedMs
  const withinMs = state.scenario.scoring.reportWithinMs
  const fields = judgedVersion(report, landedMs + withinMs)?.fields
  if (!fields) return null
  const filedMs = reportedMs(report, beganMs(attack)) ?? report.versions[0]?.atMs ?? landedMs
  const technique = weaknessOf(state.scenario, attack.info.weakness)?.technique ?? attack.info.technique
  const seen = indicatorsReported(fields, attack)
  const parts: Readonly<Record<ReportCriterion, readonly [number, ReportReason]>> = {
    service:
      fields.service === attack.info.service ? [rules.points.service, 'service-right'] : [0, 'service-wrong'],
    technique: techniqueOf(fields.technique, technique, rules),
    time: timeOf({ fields, attack, landedMs, filedMs, withinMs }, rules),
    indicators: indicatorsOf(seen, rules),
    completeness: completenessOf(fields, rules),
  }
  const pick = <T>(index: 0 | 1) =>
    Object.fromEntries(REPORT_CRITERIA.map((one) => [one, parts[one][index]])) as Record<ReportCriterion, T>
  const criteria = pick<number>(0)
  return { criteria, reasons: pick<ReportReason>(1), share: shareOfCriteria(criteria) }
}

/** Points of 100 by criterion, as a part. */
export const shareOfCriteria = (criteria: Readonly<Partial<Record<ReportCriterion, number>>>): number =>
  Math.min(1, REPORT_CRITERIA.reduce((sum, one) => sum + (criteria[one] ?? 0), 0) / 100)

/** When an attempt began that was concluded; nobody can have noticed anything before. */
export const beganMs = ({ info, concludedMs }: AttackState): number =>
  Math.min(info.atMs, concludedMs ?? info.atMs)

/** It was concluded, whichever way. */
export const judgeable = ({ state }: AttackState): boolean =>
  state === 'landed' || state === 'blocked' || state === 'blocked-by-outage'

/** It names the service that was attacked, or what was seen of the attack elsewhere. */
const about = ({ criteria }: Judgement): boolean => criteria.service > 0 || criteria.indicators > 0

const apart = (attack: AttackState, { fields }: { readonly fields: ReportFields | null }): number =>
  Math.abs((fields?.noticedMs ?? 0) - (attack.concludedMs ?? 0))

const techniqueOf = (said: string, truth: string, rules: ReportRules): readonly [number, ReportReason] => {
  if (said === '') return [0, 'technique-missing']
  if (said === truth) return [rules.points.technique, 'technique-right']
  if (parentTechnique(said) === parentTechnique(truth)) return [rules.parentPoints, 'technique-parent']
  return [0, 'technique-wrong']
}

/** Noticed soon after it landed. Whoever says long afterwards that they noticed at once is believed as far as promptness goes, no further. */
function timeOf(
  of: {
    readonly fields: ReportFields
    readonly attack: AttackState
    readonly landedMs: number
    readonly filedMs: number
    readonly withinMs: number
  },
  { points, promptPart }: ReportRules,
): readonly [number, ReportReason] {
  const { fields, attack, landedMs, filedMs, withinMs } = of
  if (fields.noticedMs < beganMs(attack) - MEMORY_MS) return [0, 'time-before']
  const promptMs = withinMs * promptPart
  const lateMs = Math.max(fields.noticedMs, filedMs - promptMs) - landedMs
  if (lateMs <= promptMs) return [points.time, 'time-prompt']
  if (lateMs >= withinMs) return [0, 'time-late']
  return [tenths((points.time * (withinMs - lateMs)) / (withinMs - promptMs)), 'time-slow']
}

function indicatorsOf(
  { seen, named, there }: Indicators,
  rules: ReportRules,
): readonly [number, ReportReason] {
  if (seen === 0) return [0, 'indicators-none']
  const enough = Math.min(1, seen / Math.min(rules.indicators, there))
  const exact = Math.min(1, seen / named / rules.indicatorsPart)
  const points = tenths(rules.points.indicators * enough * exact)
  return [points, points === rules.points.indicators ? 'indicators-seen' : 'indicators-few']
}

function completenessOf(fields: ReportFields, { points }: ReportRules): readonly [number, ReportReason] {
  const parts = [fields.technique, fields.indicators, fields.actions]
  const filled = parts.filter((part) => part.trim() !== '').length
  return [
    tenths((points.completeness * filled) / parts.length),
    filled === parts.length ? 'complete' : 'incomplete',
  ]
}

const tenths = (points: number): number => Math.round(points * 10) / 10

function earlierFor(team: TeamState, report: ReportState, attack: string): string | null {
  const before = filedReports(team.reports)
  const place = before.findIndex((one) => one.report === report.report)
  return before.slice(0, place).find((one) => verdictOf(one.grades)?.match === attack)?.report ?? null
}

/** Something was wrong with the service around then, though no attack was the reason. */
function troubled(
  state: State,
  team: TeamState,
  { service, noticedMs }: ReportFields,
  filedMs: number,
): boolean {
  const history = team.services.find(({ id }) => id === service)?.history ?? []
  const fromMs = noticedMs - state.scenario.scoring.reportWithinMs
  return history.some(({ fromMs: turnMs, verdict }, index) => {
    const endMs = history[index + 1]?.fromMs ?? Number.MAX_SAFE_INTEGER
    return verdict !== 'up' && verdict !== 'unknown' && turnMs <= filedMs && endMs >= fromMs
  })
}
