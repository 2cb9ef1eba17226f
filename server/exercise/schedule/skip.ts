import type { TicketState } from '../fold/citizen-state.ts'
import { restored } from '../fold/judged.ts'
import { attackOf, type State, type TeamState } from '../fold/state.ts'
import { overdueFrom } from '../fold/usability-time.ts'
import type { RefusalCode } from '../ledger/codes.ts'
import type { ScoringWeights } from '../scenario/model.ts'
import { momentOf } from './moment-of.ts'
import { entriesOf, timelineDue } from './timeline.ts'

/** So long before what comes next a skip ends: time to look up. Exercise time, ms. */
const LEAD_MS = 10_000

/** Exercise time, in ms, at which the next planned thing happens after `atMs`: an attack, a phase, a note of the tutor, the end. */
function nextPlanned(state: State, atMs: number): number {
  const { scenario, teams } = state
  const moments = entriesOf(state).flatMap((entry) => {
    if (entry.kind === 'phase') return momentOf(state, null, entry.kind, entry) ?? []
    return teams.flatMap((team) =>
      entry.kind === 'attack' && attackOf(team, entry.id)
        ? []
        : (momentOf(state, team, entry.kind, entry) ?? []),
    )
  })
  return Math.min(scenario.durationMs, ...moments.filter((moment) => moment > atMs))
}

/** Where a skip at `atMs` would lead: shortly before the next planned thing. Null when that is so near that nothing is left to skip. */
export function skipTarget(state: State, atMs: number): number | null {
  const target = nextPlanned(state, atMs) - LEAD_MS
  return target > atMs ? target : null
}

export interface Unquiet {
  readonly code: Extract<RefusalCode, `not-quiet-${string}`>
  readonly team: string
}

/**
 * Why time may not be skipped at `atMs`: something is measured by the clock. An attack is under way, a recovery still earns points, or a complaint
 * is not yet overdue. Null when all is quiet, also when a team is breached or down for so long that no more is lost by it. [SC15]
 */
export function unquiet(state: State, atMs: number): Unquiet | null {
  const { scoring } = state.scenario
  const now = timelineDue(state, atMs)
  const beginning = [...now.attacks, ...now.notes][0]
  if (beginning) return { code: 'not-quiet-attack', team: beginning.team }
  const first = (code: Unquiet['code'], busy: (team: TeamState) => boolean): Unquiet | null => {
    const team = state.teams.find(busy)
    return team ? { code, team: team.id } : null
  }
  return (
    first('not-quiet-attack', ({ attacks }) => attacks.some((attack) => attack.state === 'under-way')) ??
    first('not-quiet-recovery', (team) => recovers(team, scoring, atMs)) ??
    first('not-quiet-complaint', ({ tickets }) => tickets.some((ticket) => waits(ticket, scoring, atMs)))
  )
}

/** A landed attack whose dwell or recovery still costs points as time passes. */
const recovers = (team: TeamState, { recoveryZeroMs }: ScoringWeights, atMs: number): boolean =>
  team.attacks.some(
    (attack) =>
      attack.state === 'landed' &&
      attack.concludedMs !== null &&
      atMs < attack.concludedMs + recoveryZeroMs &&
      restored(team, attack) === null,
  )

/** An open complaint whose time to answer, or whose answer, has not run out. */
const waits = (ticket: TicketState, weights: ScoringWeights, atMs: number) =>
  ticket.closedMs === null && atMs < overdueFrom(weights, ticket)
