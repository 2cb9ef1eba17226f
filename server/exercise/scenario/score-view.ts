import type { Category } from './words.ts'

export interface CategoryScore {
  readonly points: number
  readonly possible: number
}

/** A team's points so far, out of those possible so far. */
export interface ScoreView {
  readonly total: number
  readonly possible: number
  readonly categories: Readonly<Record<Category, CategoryScore>>
}
