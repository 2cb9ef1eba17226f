import type { Actor } from '../ledger/actor.ts'
import type { NoteAbout } from '../ledger/control-events.ts'
import type { SeatKind } from '../scenario/model.ts'
import type { StrainCause } from '../scenario/strain.ts'
import type { Verdict } from '../scenario/words.ts'

/** How far the platform's own means carry, as its last word says. [SC19] */
export interface StrainState {
  readonly late: boolean
  readonly stretch: number
  readonly cause: StrainCause
  /** Since when it is late, or is not. */
  readonly sinceMs: number
  /** The last moment known at which it was late; null when it never was. */
  readonly lateMs: number | null
}

/** A machine that does not answer. */
export interface MachineAway {
  readonly machine: string
  /** For people; only white's page knows it. */
  readonly name: string
  /** Whose enclaves it carries. */
  readonly teams: readonly string[]
  readonly sinceMs: number
}

export interface SeatState {
  readonly seatId: string
  readonly seat: SeatKind
  readonly team: string | null
  readonly label: string
  readonly revoked: boolean
}

export interface Note {
  readonly text: string
  readonly about?: NoteAbout
  readonly by: Actor | null
  readonly atMs: number
  readonly position: number
}

/** The clock of the exercise stood still, went on, or jumped over `ms`. */
export interface Halt {
  readonly code: 'paused' | 'resumed' | 'skipped'
  readonly atMs: number
  readonly position: number
  /** What everybody was told of a pause; empty where nothing was said. */
  readonly reason: string
  readonly ms: number
  /** Wall time, ms since the epoch; not there in what was folded by an earlier Kilp. */
  readonly wall?: number
}

/** The service's verdict is `verdict` from `fromMs` until the next turn. */
export interface Turn {
  readonly fromMs: number
  readonly verdict: Verdict
  readonly position: number
}

/** Its container died or started, or what runs in it answers again after it was down: a restart, for whoever reads how a service went. */
export interface ServiceMark {
  readonly atMs: number
  readonly what: 'died' | 'started' | 'answers'
}
