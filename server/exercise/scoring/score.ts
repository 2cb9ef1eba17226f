import type { ScoreCode } from '../ledger/codes.ts'
import type { Category, Evidence } from '../scenario/model.ts'

export interface CategoryScore {
  readonly points: number
  readonly possible: number
}

export interface ScoreView {
  readonly total: number
  readonly possible: number
  readonly categories: Readonly<Record<Category, CategoryScore>>
}

/** One line of "why this score": sums of `points` and `possible` over the lines equal the totals exactly. */
export interface ScoreLine {
  readonly id: string
  readonly category: Category
  readonly points: number
  readonly possible: number
  /** Message code, rendered by the viewer: `availability.service`, `defence.blocked`, `defence.landed`, `recovery.restored` ... */
  readonly code: ScoreCode
  readonly params: Readonly<Record<string, string | number>>
  readonly service: string | null
  readonly attack: string | null
  /** Rule of SPEC.md, e.g. `SC4`. */
  readonly rule: string
  /** Positions of the events that caused it. */
  readonly events: readonly number[]
  readonly evidence: Evidence | null
}

/** A line of the score with `points` and `possible` in whole quanta. */
export type ScoreEntry = ScoreLine
