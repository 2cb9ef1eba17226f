import type { Actor } from '../ledger/actor.ts'
import type { AppealOutcome, AppealSubject } from '../ledger/people-events.ts'

/** A team's word against a grade or a line of its score, and white's answer. */
export interface AppealState {
  /** `A1`, `A2` ... within its team. */
  readonly appeal: string
  readonly subject: AppealSubject
  readonly text: string
  readonly by: Actor | null
  readonly atMs: number
  readonly position: number
  readonly answer: {
    readonly text: string
    readonly outcome: AppealOutcome
    readonly by: Actor | null
    readonly atMs: number
    readonly position: number
  } | null
}

export const sameSubject = (a: AppealSubject, b: AppealSubject): boolean => a.kind === b.kind && a.id === b.id

/** The appeals on a subject, oldest first. */
export const appealsOn = (appeals: readonly AppealState[], subject: AppealSubject): readonly AppealState[] =>
  appeals.filter((one) => sameSubject(one.subject, subject))
