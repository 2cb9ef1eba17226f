import type { AttackInfo, Evidence, Loot, Pilot, Scenario, SeatKind, Team } from '../scenario/model.ts'
import type { StrainCause } from '../scenario/strain.ts'
import type { Category, Text, Verdict } from '../scenario/words.ts'
import type { Actor } from './actor.ts'
import type { CasePayloads } from './case-events.ts'
import type { CheckPayloads } from './check-events.ts'
import type { ControlPayloads, NoteAbout } from './control-events.ts'
import type { KeyPayloads } from './key-events.ts'
import type { MachinePayloads } from './machine-events.ts'
import type { ObservationPayloads } from './observation-events.ts'
import type { PeoplePayloads } from './people-events.ts'
import type { ResponsePayloads } from './response-events.ts'
import type { SourcePayloads } from './source-events.ts'
import type { TerminalPayloads } from './terminal-events.ts'
import type { TimelinePayloads } from './timeline-events.ts'
import type { TrafficPayloads } from './traffic-events.ts'
import type { VERSIONS } from './versions.ts'

/**
 * Facts in the ledger, in the past tense. A payload never changes meaning: a new one gets a higher version and an upcast. `by` is
 * who did it, null for those who may not know.
 */
export interface EventPayloads
  extends PeoplePayloads,
    CasePayloads,
    TimelinePayloads,
    ControlPayloads,
    TerminalPayloads,
    KeyPayloads,
    TrafficPayloads,
    SourcePayloads,
    CheckPayloads,
    ResponsePayloads,
    ObservationPayloads,
    MachinePayloads {
  'exercise.created': {
    readonly exerciseId: string
    readonly scenario: Scenario
    readonly scenarioHash: string
    readonly rulesVersion: number
    readonly seed: string
    readonly teams: readonly Team[]
    readonly speed: number
  }
  'deploy.started': { readonly teams: readonly string[] }
  /** `done` and `total` count the steps of one team's deploy plan. */
  'deploy.progressed': {
    readonly team: string
    readonly done: number
    readonly total: number
    readonly what: string
  }
  /** At deploy, and again after isolation was lost. */
  'isolation.proven': { readonly team: string; readonly checks: readonly IsolationCheck[] }
  /** What keeps enclaves in was found open; `team`: the one enclave that it was seen from, null when it concerns all. */
  'isolation.lost': { readonly team: string | null; readonly what: string }
  /** All is closed again, and proven from every enclave. `lostMs`: wall time since it was found open. */
  'isolation.restored': { readonly lostMs: number }
  'deploy.finished': { readonly ms: number }
  'deploy.failed': { readonly team: string | null; readonly reason: string; readonly evidence: string }
  'exercise.started': Record<never, never>
  'exercise.paused': { readonly by: Actor | null; readonly reason: string }
  'exercise.resumed': { readonly by: Actor | null }
  /** The instructor opened terminals to teams while time stands still, or closed them. Until it goes on. */
  'preparation.changed': { readonly open: boolean; readonly by: Actor | null }
  /** Exercise time went on from `fromMs` to this event's own moment at once; what lies between is neither won nor lost. */
  'exercise.skipped': { readonly fromMs: number; readonly by: Actor | null }
  'speed.changed': { readonly from: number; readonly to: number; readonly by: Actor | null }
  'exercise.ended': { readonly by: Actor | null; readonly reason: string }
  /**
   * How far the platform's own means carry. `late`: what is measured says more about the machine than about teams. `stretch`: how many times their
   * interval all looks come apart.
   */
  'strain.changed': { readonly late: boolean; readonly stretch: number; readonly cause: StrainCause }
  /** The platform came back, from a crash or a stop, and took its range over; time while it was away does not count. */
  'platform.recovered': { readonly awayMs: number }
  'phase.entered': { readonly phase: string }
  'verdict.changed': {
    readonly team: string
    readonly service: string
    readonly journey: string
    readonly from: Verdict
    readonly to: Verdict
    readonly evidence: Evidence | null
  }
  /** An attempt begins. `attempt` counts from 1; a later attempt follows an abandoned one. */
  'attack.launched': {
    readonly team: string
    readonly attack: string
    readonly attempt: number
    readonly info?: AttackInfo
  }
  'attack.landed': {
    readonly team: string
    readonly attack: string
    readonly attempt: number
    readonly info?: AttackInfo
    readonly evidence: Evidence | null
    /** What the attacker carried off, by the names under which the exploit remembers it; white only. */
    readonly loot?: Loot
  }
  /** `defended`: it failed while the service did its work, or the way in was closed. `outage`: it failed because the service was away. */
  'attack.blocked': {
    readonly team: string
    readonly attack: string
    readonly attempt: number
    readonly cause: 'defended' | 'outage'
    readonly info?: AttackInfo
    readonly evidence: Evidence | null
  }
  'attack.abandoned': {
    readonly team: string
    readonly attack: string
    readonly attempt: number
    readonly reason: string
  }
  /** What showed that the attacker of a landed attack still had a hold no longer does: the foothold is gone. */
  'foothold.closed': {
    readonly team: string
    readonly attack: string
    readonly evidence: Evidence | null
    /** When it was last looked at and still there: what came between that look and this one is nobody's. Exercise time, ms. */
    readonly sinceMs?: number
  }
  /** A citizen could not do what they came for, twice in a row, and wrote to the team. */
  'ticket.opened': {
    readonly team: string
    readonly ticket: string
    readonly persona: string
    readonly service: string
    readonly journey: string
    readonly verdict: Verdict
    readonly evidence: Evidence | null
  }
  'ticket.answered': {
    readonly team: string
    readonly ticket: string
    readonly text: string
    readonly by: Actor | null
  }
  /** The citizen tried again after the answer, and could not do it either. */
  'ticket.repeated': { readonly team: string; readonly ticket: string; readonly evidence: Evidence | null }
  /** The citizen tried again, and it worked. */
  'ticket.closed': { readonly team: string; readonly ticket: string }
  /** A tutor told the team something. */
  'tutor.said': { readonly team: string; readonly note: string; readonly text: Text }
  /** White took it back. Where it is restored, it is said again. */
  'tutor.withdrawn': { readonly team: string; readonly note: string; readonly by: Actor | null }
  'container.died': {
    readonly team: string
    readonly service: string
    readonly exitCode: number
    readonly oom: boolean
  }
  'container.started': { readonly team: string; readonly service: string }
  /** It filled the disk that all enclaves share and was stopped. `strike` tells it from any other time. Sizes in MiB, of it and of all its team's; `stays` when it is not started again. */
  'disk.filled': {
    readonly team: string
    readonly service: string
    readonly strike: number
    readonly heldMiB: number
    readonly teamMiB: number
    readonly allowedMiB: number
    readonly stays: boolean
  }
  'pilot.changed': {
    readonly team: string
    readonly from: Pilot
    readonly to: Pilot
    readonly by: Actor | null
  }
  /** A sparring pilot worked on a weakness through a terminal. */
  'pilot.acted': {
    readonly team: string
    readonly weakness: string
    /** What its team calls the weakness, e.g. `tax-1`; stands for the id where that is a secret. */
    readonly handle?: string
    readonly action: 'fix' | 'wrong-fix' | 'undo-wrong-fix'
    readonly ok: boolean
    /** The instructor had handed the team back to a pilot, after people had played it: then everybody is told, and it counts for the machine. */
    readonly handedBack?: true
  }
  'hint.taken': {
    readonly team: string
    readonly weakness: string
    readonly handle?: string
    readonly level: 1 | 2 | 3
    /** What the hint says; only the team itself and white receive it. */
    readonly text?: Text
    readonly by: Actor | null
  }
  'seat.issued': {
    readonly seatId: string
    readonly seat: SeatKind
    readonly team: string | null
    readonly label: string
  }
  'seat.revoked': { readonly seatId: string; readonly by: Actor | null }
  'score.adjusted': {
    readonly team: string
    readonly category: Category
    readonly points: number
    readonly reason: string
    readonly by: Actor | null
  }
  'note.added': { readonly text: string; readonly about?: NoteAbout; readonly by: Actor | null }
}

export interface IsolationCheck {
  readonly name: string
  readonly target: string
  readonly ok: boolean
  readonly detail: string
}

export type EventType = keyof EventPayloads

/** What `decide` returns. `at` is exercise time in ms; it never goes down within a ledger. */
export type NewEvent = {
  [T in EventType]: {
    readonly type: T
    readonly version: (typeof VERSIONS)[T]
    readonly at: number
    readonly data: EventPayloads[T]
  }
}[EventType]

/** As stored: `position` counts from 1 without gaps in one exercise, `wall` is epoch ms at the append. */
export type Recorded = NewEvent & { readonly position: number; readonly wall: number }

export type RecordedOf<T extends EventType> = Extract<Recorded, { readonly type: T }>
