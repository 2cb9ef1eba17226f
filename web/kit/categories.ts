import type { ScoringWeights } from '#exercise/scenario/model.ts'
import { CATEGORIES, type Category } from '#exercise/scenario/words.ts'

/** Categories that this scenario gives points to. */
export const countedCategories = (scoring: ScoringWeights): readonly Category[] =>
  CATEGORIES.filter((category) => scoring[category] > 0)
