import type { TicketState } from '../fold/citizen-state.ts'
import { hasCome } from '../fold/has-come.ts'
import type { InjectState } from '../fold/inject-state.ts'
import { interruptedMs } from '../fold/interruption.ts'
import { restored } from '../fold/judged.ts'
import { reportedMs } from '../fold/report-state.ts'
import type { State, TeamState } from '../fold/state.ts'
import { overdueFrom } from '../fold/usability-time.ts'
import type { RefusalCode } from '../ledger/codes.ts'
import { rulesOf } from '../ledger/rules.ts'
import type { ScoringWeights } from '../scenario/model.ts'
import { momentOf } from './moment-of.ts'
import { entriesOf, timelineDue } from './timeline.ts'

/** So long before what comes next a skip ends: time to look up. Exercise time, ms. */
const LEAD_MS = 10_000

/** Exercise time, in ms, at which the next planned thing happens after `atMs`: an attack, a message, a phase, a note of the tutor, the end. */
function nextPlanned(state: State, atMs: number): number {
  const { scenario, teams } = state
  const moments = entriesOf(state).flatMap((entry) =>
    (entry.kind === 'phase' ? [null] : teams).flatMap((team) =>
      hasCome(state, team, entry) ? [] : (momentOf(state, team, entry.kind, entry, atMs) ?? []),
    ),
  )
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
  const beginning = [...now.attacks, ...now.notes, ...now.injects, ...now.world][0]
  if (beginning) return { code: 'not-quiet-attack', team: beginning.team }
  const first = (code: Unquiet['code'], busy: (team: TeamState) => boolean): Unquiet | null => {
    const team = state.teams.find(busy)
    return team ? { code, team: team.id } : null
  }
  return (
    first('not-quiet-world', ({ interruptions }) => interruptions.some(({ toMs }) => toMs === null)) ??
    first('not-quiet-attack', ({ attacks }) => attacks.some((attack) => attack.state === 'under-way')) ??
    first('not-quiet-recovery', (team) => recovers(team, scoring, atMs)) ??
    first('not-quiet-report', (team) => waitsForReport(state, team, atMs)) ??
    first('not-quiet-inject', ({ injects }) => injects.some((inject) => waitsForAnswer(inject, atMs))) ??
    first('not-quiet-complaint', ({ tickets }) => tickets.some((ticket) => waits(ticket, scoring, atMs)))
  )
}

/** A landed attack whose dwell or recovery still costs points as time passes. */
const recovers = (team: TeamState, { recoveryZeroMs }: ScoringWeights, atMs: number): boolean =>
  team.attacks.some(
    (attack) =>
      attack.state === 'landed' &&
      attack.concludedMs !== null &&
      atMs <
        attack.concludedMs +
          recoveryZeroMs +
          interruptedMs(team, attack.info.service, attack.concludedMs, atMs) &&
      restored(team, attack) === null,
  )

/** An attack that landed is still to be reported, and nothing has been filed since it began that can be of it. [SC22] */
const waitsForReport = ({ scenario, rulesVersion }: State, { attacks, reports }: TeamState, atMs: number) =>
  scenario.scoring.reporting > 0 &&
  rulesOf({ rulesVersion }).reports !== undefined &&
  attacks.some(
    (attack) =>
      attack.state === 'landed' &&
      atMs <= (attack.concludedMs ?? 0) + scenario.scoring.reportWithinMs &&
      !reports.some((report) => reportedMs(report, attack.info.atMs) !== null),
  )

/** A message whose answer, or a better one, is still in time. */
const waitsForAnswer = ({ info, grades, deadlineMs }: InjectState, atMs: number): boolean =>
  info.expects !== null && grades.length === 0 && deadlineMs !== null && atMs <= deadlineMs

/** An open complaint whose time to answer, or whose answer, has not run out. */
const waits = (ticket: TicketState, weights: ScoringWeights, atMs: number) =>
  ticket.closedMs === null && atMs < overdueFrom(weights, ticket)
