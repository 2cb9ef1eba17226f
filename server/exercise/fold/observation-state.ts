import type { Actor } from '../ledger/actor.ts'
import type { ObservationField, ObservationFields } from '../ledger/observation-events.ts'

/** What a field of an observation said since `position`, and who wrote that. */
export interface ObservationVersion {
  readonly field: ObservationField
  readonly value: string
  readonly by: Actor | null
  /** Exercise time, ms: after the end it stands. */
  readonly atMs: number
  /** When it was written, ms since the epoch. */
  readonly wall: number
  readonly position: number
}

/** A line of the improvement plan: of each field what was written last. */
export interface ObservationState extends ObservationFields {
  readonly observation: string
  readonly source: string | null
  /** Who recorded it, and when. */
  readonly by: Actor | null
  readonly atMs: number
  readonly wall: number
  readonly position: number
  /** What was written since, oldest first. Bounded; the ledger has all of it. */
  readonly versions: readonly ObservationVersion[]
  readonly withdrawn: boolean
}
