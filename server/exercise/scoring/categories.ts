import { injectWeight } from '../scenario/inject-weight.ts'
import type { Scenario } from '../scenario/model.ts'
import { perCategory } from '../scenario/per-category.ts'
import { attackWeight } from '../scenario/weaknesses.ts'
import { CATEGORIES, type Category } from '../scenario/words.ts'
import { availability } from './availability.ts'
import type { CategoryRule } from './category.ts'
import { defence } from './defence.ts'
import { forensics } from './forensics.ts'
import { recovery } from './recovery.ts'
import { reporting } from './reporting.ts'
import { strategic } from './strategic.ts'
import { usability } from './usability.ts'

/** The one table of categories: one that is in the list and has no row here does not compile. */
export const CATEGORY_RULES = {
  availability,
  defence,
  recovery,
  usability,
  reporting,
  forensics,
  strategic,
} satisfies {
  readonly [C in Category]: CategoryRule
}

type CodesOf<C extends Category> = (typeof CATEGORY_RULES)[C]['codes'][number]

/** What a line of the score says; viewers prefix it `score.`. [SC10] has one in each category. */
export type ScoreCode = { [C in Category]: `${C}.${CodesOf<C> | 'adjusted'}` }[Category]

export const SCORE_CODES: readonly ScoreCode[] = CATEGORIES.flatMap((category) =>
  [...CATEGORY_RULES[category].codes, 'adjusted'].map((code) => `${category}.${code}` as ScoreCode),
)

/** [SC1] The points of each category in a scenario, those of categories that can not be earned in it among them. */
export function budgetsOf(scenario: Scenario): Readonly<Record<Category, number>> {
  const possible = (category: Category): boolean => {
    const { needs } = CATEGORY_RULES[category]
    if (needs === null) return true
    const attacks = attackWeight(scenario) > 0
    if (needs === 'attacks') return attacks
    return injectWeight(scenario, category) > 0 || (needs === 'injects-or-attacks' && attacks)
  }
  const idle = CATEGORIES.filter((category) => !possible(category)).reduce(
    (sum, category) => sum + scenario.scoring[category],
    0,
  )
  return perCategory(
    (category) => scenario.scoring[category] + (CATEGORY_RULES[category].takesIdle ? idle : 0),
  )
}
