import type { Scenario } from './model.ts'
import type { Category } from './words.ts'

/** Sum of the weights of the scenario's messages whose answers earn points in a category, also in a redacted one; without those that the instructor added. */
export const injectWeight = ({ injects, injectWeights }: Scenario, category: Category): number =>
  injectWeights?.[category] ??
  injects.reduce(
    (sum, inject) => sum + (inject.category === category && !inject.added ? inject.weight : 0),
    0,
  )
