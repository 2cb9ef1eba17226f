import { type State, type TeamState, viewAt } from '../../fold/state.ts'
import type { Audience, Pilot } from '../../scenario/model.ts'
import type { Text } from '../../scenario/words.ts'
import { better, noScore, scoredAt } from '../../scoring/scoring.ts'
import { attackViews } from '../attack-views.ts'
import { frozenFor } from '../frozen.ts'
import { phaseViews } from '../phase-views.ts'
import { lookBackMs, markAt, type TeamMark } from '../score-marks.ts'
import type { LossSamples } from '../series.ts'
import { type SectorCell, type SectorColumn, sectorCells, sectorColumns } from './sector-cells.ts'
import { changesByCategory, changesByLine, type SectorChange } from './sector-changes.ts'

export interface SectorRow {
  readonly team: string
  readonly name: Text
  readonly pilot: Pilot
  /** 1 is first; teams with equal shares share a rank. */
  readonly rank: number
  /** Places won since `sinceMs`; below nothing: lost. Of all rows together nothing. */
  readonly moved: number
  readonly points: number
  /** Points behind the first row. */
  readonly gap: number
  /** What points were won and lost by since `sinceMs`, the most first. */
  readonly changes: readonly SectorChange[]
  /** One for each column. */
  readonly cells: readonly SectorCell[]
}

/** What is to come, as far as the audience may know. `inMs` null: it waits for something. */
export type SectorNext =
  | { readonly kind: 'attack'; readonly inMs: number | null }
  | { readonly kind: 'none' }
  | { readonly kind: 'unannounced'; readonly phase: { readonly title: Text; readonly inMs: number } | null }

export interface SectorsView {
  /** Newest first. */
  readonly columns: readonly SectorColumn[]
  /** In rank order. */
  readonly rows: readonly SectorRow[]
  /** The moment that places and points are compared with, and the one that they are of. */
  readonly sinceMs: number
  readonly atMs: number
  /** null while time does not run. */
  readonly next: SectorNext | null
}

/** Attacks by teams: who drove the attackers out how soon, and what it did to the standings. As of the moment at which those are held back, for whom they are. */
export function sectorsView(
  state: State,
  losses: LossSamples,
  nowMs: number,
  audience: Audience,
): SectorsView {
  const frozen = frozenFor(state, audience)
  const now = viewAt(state, nowMs)
  const atMs = frozen?.atMs ?? now
  const sinceMs = lookBackMs(losses.stepMs, atMs)
  const before = markAt(losses, state, sinceMs)
  const columns = sectorColumns(state, atMs, audience)
  const cells = sectorCells(state, columns, atMs, audience)
  const scored = state.teams.map((team, order) => {
    const then = before.teams[team.id] ?? NOTHING
    const held = frozen && (frozen.scores[team.id] ?? noScore)
    const { score, changes } = held
      ? { score: held, changes: changesByCategory(then.score, held) }
      : scoreNow(state, team, { atMs, sinceMs, then, audience })
    return { team, order, score, earlier: then.score, changes }
  })
  // Who is level with another has not passed them: each order settles a tie as the other one stands.
  const placed = scored.toSorted(
    (a, b) => better(a.score, b.score) || better(a.earlier, b.earlier) || a.order - b.order,
  )
  const placedThen = scored.toSorted(
    (a, b) => better(a.earlier, b.earlier) || better(a.score, b.score) || a.order - b.order,
  )
  const leader = placed[0]?.score.total ?? 0
  return {
    columns,
    rows: placed.map((one, place) => ({
      team: one.team.id,
      name: one.team.name,
      pilot: one.team.pilot,
      rank: 1 + placed.filter(({ score }) => better(score, one.score) < 0).length,
      moved: placedThen.indexOf(one) - place,
      points: one.score.total,
      gap: leader - one.score.total,
      changes: one.changes,
      cells: cells.get(one.team.id) ?? [],
    })),
    sinceMs,
    atMs,
    next: nextOf(state, now, audience),
  }
}

function scoreNow(
  state: State,
  team: TeamState,
  at: {
    readonly atMs: number
    readonly sinceMs: number
    readonly then: TeamMark
    readonly audience: Audience
  },
) {
  const { score, entries, quantum } = scoredAt(state, team.id, at.atMs)
  const detailed = at.audience.seat === 'white' || at.audience.seat === 'observer'
  const changes = detailed
    ? changesByLine(at.then, entries, quantum, concludedAfter(team, at.sinceMs))
    : changesByCategory(at.then.score, score)
  return { score, changes }
}

const concludedAfter = (team: TeamState, sinceMs: number) => {
  const fresh = new Set(
    team.attacks.filter(({ concludedMs }) => (concludedMs ?? -1) > sinceMs).map(({ attack }) => attack),
  )
  return (attack: string) => fresh.has(attack)
}

/** What comes next: the moments of attacks are white's alone. */
function nextOf(state: State, atMs: number, audience: Audience): SectorNext | null {
  if (state.phase !== 'running' && state.phase !== 'paused') return null
  if (audience.seat === 'white') {
    const planned = state.teams
      .flatMap((team) => attackViews(state, team, audience, atMs))
      .filter((attack) => attack.state === 'planned')
    const moments = planned.flatMap((attack) => attack.atMs ?? [])
    if (planned.length === 0) return { kind: 'none' }
    return { kind: 'attack', inMs: moments.length > 0 ? Math.max(0, Math.min(...moments) - atMs) : null }
  }
  const phase = phaseViews(state).find(({ fromMs }) => fromMs > atMs)
  return {
    kind: 'unannounced',
    phase: phase ? { title: phase.title, inMs: phase.fromMs - atMs } : null,
  }
}

const NOTHING: TeamMark = { score: noScore, lost: {} }
