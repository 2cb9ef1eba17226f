import { CATEGORIES, type Category, type ScoringWeights } from '#exercise/scenario/model.ts'

/** Categories that this scenario gives points to. */
export const countedCategories = (scoring: ScoringWeights): readonly Category[] =>
  CATEGORIES.filter((category) => scoring[category] > 0)
