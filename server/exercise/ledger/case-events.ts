import type { Actor } from './actor.ts'

/** How far a team is with a case. `waiting`: mended, as far as it knows; what comes next confirms it or does not. */
export const CASE_STATES = ['open', 'working', 'waiting', 'closed'] as const
export type CaseStanding = (typeof CASE_STATES)[number]

/** Facts of what a team writes of its cases. Cases that open by themselves follow from other facts, and are in no ledger. */
export interface CasePayloads {
  /** Somebody of the team opened one by hand. `case`: `C7`, in the same row of numbers as those that open by themselves. */
  'case.opened': {
    readonly team: string
    readonly case: string
    readonly title: string
    readonly service: string | null
    /** The moment that it is about, ms of exercise time. */
    readonly sinceMs: number
    readonly by: Actor | null
  }
  'case.noted': {
    readonly team: string
    readonly case: string
    readonly text: string
    readonly by: Actor | null
  }
  'case.state-set': {
    readonly team: string
    readonly case: string
    readonly state: CaseStanding
    readonly by: Actor | null
  }
  /** A report was begun with what the case knows; what it says is in `report.drafted`. */
  'case.report-begun': {
    readonly team: string
    readonly case: string
    readonly report: string
    readonly by: Actor | null
  }
}
