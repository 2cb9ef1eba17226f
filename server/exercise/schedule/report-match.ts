import type { ReportState, ReportVersion } from '../fold/report-state.ts'
import type { AttackState, State } from '../fold/state.ts'
import { rulesOf } from '../ledger/rules.ts'
import type { Scenario } from '../scenario/model.ts'
import { kept } from '../scoring/kept.ts'
import { beganMs, bestMatch, type Judgement, judgeReport } from '../scoring/propose-grade.ts'

/** The attack that the platform would say that a report is of as things are; null for none. */
export const proposedMatch = (
  state: State,
  attacks: readonly AttackState[],
  report: ReportState,
): string | null => {
  const last = report.versions.at(-1)
  const judge = judgeOf(state, report)
  return (last?.fields && judge && bestMatch(attacks, last, judge)?.attack.attack) ?? null
}

const judged = new WeakMap<Scenario, WeakMap<ReportVersion, WeakMap<AttackState, Judgement | null>>>()

/** Says what a report says of an attack. Each version is compared once with each attack as it stands: there may be many of both, and triggers ask at every tick. */
function judgeOf(state: State, report: ReportState): ((attack: AttackState) => Judgement | null) | undefined {
  const { reports: rules } = rulesOf(state)
  const last = report.versions.at(-1)
  if (!rules || !last) return undefined
  const versions = kept(judged, state.scenario, () => new WeakMap())
  const attacks = kept(versions, last, () => new WeakMap())
  return (attack) => kept(attacks, attack, () => judgeReport(state, report, attack, rules))
}

/** Of what a report said before its latest versions, nobody asks any more: a team may file fifty of each of two hundred. */
const LATEST = 6

/** Attacks that the platform said that a report was of, each with the last moment at which it did: a later version, what became of an attack, or a grade said otherwise. */
export function proposedUntil(
  state: State,
  attacks: readonly AttackState[],
  report: ReportState,
): ReadonlyMap<string, number> {
  const gradedMs = Math.min(...report.grades.map(({ atMs }) => atMs))
  const until = new Map<string, number>()
  let before: string | null = null
  for (const atMs of turnsOf(attacks, report).filter((turnMs) => turnMs < gradedMs)) {
    const versions = report.versions.filter((version) => version.atMs <= atMs)
    const now = proposedMatch(state, attacksAt(attacks, atMs), { ...report, versions })
    if (before !== null && now !== before) until.set(before, atMs)
    before = now
  }
  if (before !== null && Number.isFinite(gradedMs)) until.set(before, gradedMs)
  return until
}

/** Moments at which what a report is of may change, in order: a version of it, or the conclusion or the end of what it may be compared with. */
function turnsOf(attacks: readonly AttackState[], report: ReportState): readonly number[] {
  const versions = report.versions.slice(-LATEST)
  const firstMs = versions[0]?.atMs ?? 0
  const lastMs = versions.at(-1)?.atMs ?? 0
  const turns = attacks
    .filter((attack) => beganMs(attack) <= lastMs)
    .flatMap(({ concludedMs, closedMs }) => [concludedMs ?? 0, closedMs ?? 0])
    .filter((atMs) => atMs > firstMs)
  return [...new Set([...versions.map(({ atMs }) => atMs), ...turns])].toSorted((a, b) => a - b)
}

/** Attacks that were concluded at a moment, as they stood then. */
const attacksAt = (attacks: readonly AttackState[], atMs: number): readonly AttackState[] =>
  attacks
    .filter(({ concludedMs }) => concludedMs !== null && concludedMs <= atMs)
    .map((attack) =>
      attack.closedMs !== null && attack.closedMs > atMs ? kept(opened, attack, beforeClosing) : attack,
    )

const opened = new WeakMap<AttackState, AttackState>()
const beforeClosing = (attack: AttackState): AttackState => ({
  ...attack,
  closedMs: null,
  closedEvidence: null,
})
