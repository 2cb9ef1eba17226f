import type { State, TeamState } from '../../fold/state.ts'
import type { CheckCount } from '../../ledger/check-events.ts'
import { explain } from '../../scoring/explain.ts'

/** Teams whose services could be judged for such different parts of the time were not looked at alike. */
const EVEN = 0.02
/** So far apart the numbers of their looks may be, as a part of the most: rounds begin at different moments. */
const EVEN_LOOKS = 0.05
/** In a short exercise, so many. */
const FEW_LOOKS = 10

/** What of the exercise the platform itself took from a team, and gave it. Exercise time, ms. */
export interface TeamFairness {
  readonly team: string
  /** Attacks that were judged, and those that the platform could not judge: they count nowhere. */
  readonly judged: number
  readonly void: number
  readonly messages: number
  /** Part of the time played so far (without what was skipped) in which its services had a verdict, on the mean; null before anything ran. */
  readonly known: number | null
  /** How long they had none, on the mean of its services. */
  readonly voidMs: number
  /** How long the instructor or a world event took services away from it. */
  readonly interruptedMs: number
  /** What white did to its services, and moved in its score. */
  readonly acts: number
  readonly adjustments: number
  /** How often it was looked at, as it was counted last; null where nobody counted. */
  readonly checks: CheckCount | null
}

/** Of a number of each team the least and the most, and how far they are apart as a part of the most. */
export interface Spread {
  readonly min: number
  readonly max: number
  readonly apart: number
}

export interface PlatformFacts {
  readonly teams: readonly TeamFairness[]
  /** All teams got as many attacks that count and as many messages, and were looked at about as often, for parts of the time that are hardly apart. */
  readonly even: boolean
  /** How many checks teams got by `atMs`, the last moment at which they were counted; null where nobody did. */
  readonly checks: { readonly atMs: number; readonly full: Spread; readonly light: Spread } | null
  readonly pauses: number
  readonly skips: number
  readonly skippedMs: number
  /** Its measurements come late now, and the last moment at which they did; null when they never did. */
  readonly late: boolean
  readonly lateMs: number | null
  /** What keeps enclaves in is open now. */
  readonly isolationLost: boolean
}

/** The platform's own faults, and whether teams had the same, for white. */
export function platformFacts(state: State, atMs: number): PlatformFacts {
  const teams = state.teams.map((team) => fairness(state, team, atMs))
  const skips = state.halts.filter(({ code }) => code === 'skipped')
  return {
    teams,
    even: isEven(teams),
    checks: checksOf(state, teams),
    pauses: state.halts.filter(({ code }) => code === 'paused').length,
    skips: skips.length,
    skippedMs: skips.reduce((sum, { ms }) => sum + ms, 0),
    late: state.strain.late,
    lateMs: state.strain.lateMs,
    isolationLost: state.isolationLost !== null,
  }
}

const NO_LOOKS: CheckCount = { light: 0, full: 0, unknown: 0 }

function checksOf({ checks }: State, teams: readonly TeamFairness[]): PlatformFacts['checks'] {
  if (!checks) return null
  const counts = teams.map((team) => team.checks ?? NO_LOOKS)
  return {
    atMs: checks.atMs,
    full: spreadOf(counts.map(({ full }) => full)),
    light: spreadOf(counts.map(({ light }) => light)),
  }
}

function spreadOf(counts: readonly number[]): Spread {
  const [min, max] = [Math.min(...counts), Math.max(...counts)]
  return { min, max, apart: max === 0 ? 0 : (max - min) / max }
}

function fairness(state: State, team: TeamState, atMs: number): TeamFairness {
  const skippedMs = state.halts.reduce((sum, { code, ms }) => sum + (code === 'skipped' ? ms : 0), 0)
  const unknown = explain(state, team.id, atMs).flatMap(({ code, params }) =>
    code === 'availability.service' ? Math.max(0, Number(params.unknownMs) - skippedMs) : [],
  )
  const voidMs = unknown.length === 0 ? 0 : unknown.reduce((sum, ms) => sum + ms, 0) / unknown.length
  const playedMs = atMs - skippedMs
  const judged = team.attacks.filter((one) => ['landed', 'blocked', 'blocked-by-outage'].includes(one.state))
  return {
    team: team.id,
    judged: judged.length,
    void: team.attacks.filter((one) => one.state === 'void').length,
    messages: team.injects.length,
    known: playedMs > 0 && unknown.length > 0 ? 1 - voidMs / playedMs : null,
    voidMs: Math.round(voidMs),
    interruptedMs: team.interruptions.reduce((sum, { fromMs, toMs }) => sum + (toMs ?? atMs) - fromMs, 0),
    acts: team.acts.length,
    adjustments: team.adjustments.length,
    checks: state.checks ? (state.checks.teams[team.id] ?? NO_LOOKS) : null,
  }
}

function isEven(teams: readonly TeamFairness[]): boolean {
  const apart = (of: (team: TeamFairness) => number) =>
    Math.max(...teams.map(of)) - Math.min(...teams.map(of))
  return (
    teams.length < 2 ||
    (apart(({ judged }) => judged) === 0 &&
      apart(({ messages }) => messages) === 0 &&
      apart(({ known }) => known ?? 1) <= EVEN &&
      (['full', 'light'] as const).every((kind) => {
        const { min, max, apart: part } = spreadOf(teams.map(({ checks }) => checks?.[kind] ?? 0))
        return part <= EVEN_LOOKS || max - min <= FEW_LOOKS
      }))
  )
}
