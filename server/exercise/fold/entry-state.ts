import type { Actor } from '../ledger/actor.ts'
import type { EntryChange } from '../scenario/entry-change.ts'

/** Who did something, and when (ms of exercise time). */
export interface Mark {
  readonly by: Actor | null
  readonly atMs: number
}

/** What the instructor has said of an entry for one team, as it stands now. */
export interface Said {
  readonly firedMs: number | null
  readonly held: Mark | null
  readonly cancelled: Mark | null
  /** So much later than by its trigger, ms; negative: sooner. */
  readonly byMs: number
  /** It does not come before: when something was said of it last. */
  readonly sinceMs: number
}

/** One thing that was done to an entry, and what would undo it; null where nothing does. */
export interface Change {
  readonly team: string | null
  readonly what: EntryChange | { readonly kind: 'fire' | 'add' }
  readonly undo: EntryChange | null
  readonly by: Actor | null
  readonly atMs: number
}

/** All that the instructor has said of an entry. */
export interface EntryState {
  /** For all teams together: of a phase. */
  readonly all: Said
  /** For each team, in the order of `State.teams`. */
  readonly teams: readonly Said[]
  /** How often anything was said of it. */
  readonly count: number
  /** The latest of that, newest last. */
  readonly changes: readonly Change[]
}

/** By kind and id, see `entryKey`; only entries of which something was said. Plain data, so that snapshots keep it. */
export type EntryStates = Readonly<Record<string, EntryState>>
