import type { Actor } from '../ledger/actor.ts'
import type { CaseStanding } from '../ledger/case-events.ts'
import type { Evidence } from '../scenario/model.ts'
import type { Verdict } from '../scenario/words.ts'

/** Why a case was opened. */
export type CaseCause =
  /** An attack that was concluded before the team's eyes. */
  | { readonly kind: 'attack'; readonly attack: string }
  /** A citizen's complaint. */
  | { readonly kind: 'ticket'; readonly ticket: string; readonly persona: string; readonly journey: string }
  /** The service could not be used. */
  | { readonly kind: 'alert'; readonly verdict: Verdict; readonly evidence: Evidence | null }
  | { readonly kind: 'hand'; readonly title: string; readonly by: Actor | null }

export interface CaseNote {
  readonly text: string
  readonly by: Actor | null
  /** Exercise time, ms. */
  readonly atMs: number
  readonly position: number
}

/** Something that a team looks into. Times in ms of exercise time. */
export interface CaseState {
  /** From 1, among all that the team ever had. */
  readonly number: number
  readonly cause: CaseCause
  readonly service: string | null
  /** The moment that it is about. */
  readonly sinceMs: number
  readonly state: CaseStanding
  /** Since when it is in this state, who put it there (null: the platform), and how often it changed. */
  readonly stateMs: number
  readonly stateBy: Actor | null
  readonly turn: number
  /** When the platform last found that what it is about is over; null while it has not. */
  readonly confirmedMs: number | null
  /** How often it came again after it was over. */
  readonly again: number
  /** Of the event that opened it, or opened it again. */
  readonly position: number
  readonly notes: readonly CaseNote[]
  /** Number of the report that was begun from it. */
  readonly report: string | null
}

export interface TeamCases {
  /** By number. Bounded: of many, the oldest that are closed go. */
  readonly list: readonly CaseState[]
  /** How many there ever were, and how many of them by hand. */
  readonly count: number
  readonly byHand: number
  /** How often somebody set a state, and how many notes there ever were. */
  readonly turns: number
  readonly noted: number
}

export const noCases: TeamCases = { list: [], count: 0, byHand: 0, turns: 0, noted: 0 }

/** The name that a case goes by: `C7`. */
export const caseId = ({ number }: Pick<CaseState, 'number'>): string => `C${number}`

export const caseOf = ({ list }: TeamCases, id: string): CaseState | undefined =>
  list.find((one) => caseId(one) === id)
