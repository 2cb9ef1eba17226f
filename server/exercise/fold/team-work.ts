import type { Actor } from '../ledger/actor.ts'
import type { WorkSubject } from '../ledger/work.ts'

/** Somebody of the team works on something. It locks nothing. */
export interface Claim {
  readonly subject: WorkSubject
  readonly by: Actor | null
  /** Number of the claim among all that the team ever made, from 1. */
  readonly turn: number
  /** Exercise time, ms. */
  readonly atMs: number
  readonly position: number
}

/** What a shift writes for the next one. */
export interface Handover {
  readonly text: string
  readonly by: Actor | null
  /** Exercise time, ms. */
  readonly atMs: number
  readonly position: number
}

/** How the people of a team share their work. */
export interface TeamWork {
  /** One for each subject at most, oldest first. */
  readonly claims: readonly Claim[]
  /** How often something was claimed. */
  readonly turns: number
  /** The latest notes, newest last. Bounded. */
  readonly handovers: readonly Handover[]
  /** How many notes there ever were. */
  readonly written: number
}

export const noWork: TeamWork = { claims: [], turns: 0, handovers: [], written: 0 }
