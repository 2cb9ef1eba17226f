import type { Category } from '../scenario/words.ts'
import type { ScoreCode } from './categories.ts'
import type { Judged } from './category.ts'

export type { ScoreView } from '../scenario/score-view.ts'

/** One line of "why this score": sums of `points` and `possible` over the lines equal the totals exactly. */
export interface ScoreLine extends Judged<ScoreCode> {
  readonly category: Category
}

/** A line of the score with `points` and `possible` in whole quanta. */
export type ScoreEntry = ScoreLine
