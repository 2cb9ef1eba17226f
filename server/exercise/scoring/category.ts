import type { TeamState } from '../fold/state.ts'
import type { Rules } from '../ledger/rules.ts'
import type { Evidence, Scenario } from '../scenario/model.ts'

/** What a category is asked about: one team at one moment. */
export interface Given {
  readonly scenario: Scenario
  /** Under which the exercise was created: every number that a scenario does not choose comes from here. */
  readonly rules: Rules
  readonly team: TeamState
  /** Exercise time. */
  readonly atMs: number
  /** The exercise is over: what is open stays so. */
  readonly ended: boolean
  /** The points of the whole category, in quanta. */
  readonly budget: number
}

/** One thing that a category judged, with `points` and `possible` in whole quanta. */
export interface Judged<Code extends string = string> {
  readonly id: string
  readonly points: number
  readonly possible: number
  /** One of the category's own codes; viewers get it with the category before it, e.g. `defence.landed`. */
  readonly code: Code
  readonly params: Readonly<Record<string, string | number>>
  readonly service: string | null
  readonly attack: string | null
  /** Rule of SPEC.md, e.g. `SC4`. */
  readonly rule: string
  /** Positions of the events that caused it. */
  readonly events: readonly number[]
  readonly evidence: Evidence | null
}

/** Takes points that were earned, `points` being what it would take: nothing goes below nothing. */
export type Deduction<Code extends string = string> = Omit<Judged<Code>, 'possible'>

/** A category of points: one file each, all of them in the table of categories.ts. */
export interface CategoryRule<Code extends string = string> {
  /** What it rewards, for authors. */
  readonly about: string
  /** Its points where a scenario gives none. */
  readonly usualPoints: number
  /** What the timeline must have for its points to be possible at all. */
  readonly needs: 'attacks' | 'injects' | 'injects-or-attacks' | null
  /** [SC1] Has the points of those whose need is not met, besides its own. One category does. */
  readonly takesIdle: boolean
  /** Every code that its entries have: viewers must be able to say each. */
  readonly codes: readonly Code[]
  /** What was earned out of what was possible; the sums are the category's score before anything is taken from it. */
  readonly entries: (given: Given) => readonly Judged<Code>[]
  /** What is taken from it then, in order. */
  readonly deductions?: (given: Given) => readonly Deduction<Code>[]
}
