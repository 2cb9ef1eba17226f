import type { Evidence } from '../scenario/model.ts'
import type { Text, Verdict } from '../scenario/words.ts'

export interface TicketState {
  readonly ticket: string
  readonly persona: string
  readonly service: string
  readonly journey: string
  readonly verdict: Verdict
  readonly openedMs: number
  readonly answeredMs: number | null
  readonly answer: string
  /** Name of the person who answered, where it is known. */
  readonly by?: string
  /** When it failed again after the answer, for the first time. */
  readonly repeatedMs: number | null
  readonly closedMs: number | null
  /** So long its service was interrupted while it waited: its time goes on so much longer. [SC24] */
  readonly heldMs?: number
  readonly evidence: Evidence | null
  /** Of the event that opened it. */
  readonly position: number
}

/** How a persona's time went, see usability-time.ts. Its tallies reach until `settledMs`. */
export interface UsabilityState {
  readonly knownMs: number
  readonly lostMs: number
  readonly settledMs: number
  /** A service that it uses is down; nothing is known of any of them. */
  readonly down: boolean
  readonly unknown: boolean
  /** Positions of the latest events about its tickets. */
  readonly events: readonly number[]
}

export interface Affected {
  readonly fromMs: number
  readonly people: number
}

export interface Tutored {
  /** White took it back; not there while it stands. */
  readonly withdrawnMs?: number
  readonly note: string
  readonly text: Text
  readonly atMs: number
}
