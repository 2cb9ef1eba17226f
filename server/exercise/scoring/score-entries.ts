import type { State, TeamState } from '../fold/state.ts'
import type { Rules } from '../ledger/rules.ts'
import { perCategory } from '../scenario/per-category.ts'
import { CATEGORIES, type Category } from '../scenario/words.ts'
import { budgetsOf, CATEGORY_RULES, type ScoreCode } from './categories.ts'
import type { CategoryRule, Deduction, Given, Judged } from './category.ts'
import type { ScoreEntry } from './score.ts'
import { quanta } from './shares.ts'

/** All that a team's score is made of at `atMs`, in quanta, category by category: its sums are the score. */
export function scoreEntries(
  state: State,
  team: TeamState,
  atMs: number,
  rules: Rules,
): readonly ScoreEntry[] {
  const { scenario, phase } = state
  const budgets = budgetsOf(scenario)
  const given = perCategory(
    (category): Given => ({
      scenario,
      rules,
      team,
      atMs,
      ended: phase === 'ended',
      budget: quanta(budgets[category], rules.quantum),
    }),
  )
  const earned = CATEGORIES.flatMap((category) =>
    CATEGORY_RULES[category]
      .entries(given[category])
      .map((judged) => lineOf(category, judged, `${category}/${judged.id}`)),
  )
  return [...earned, ...moved(team, given, earned)]
}

const lineOf = (category: Category, judged: Judged, id: string): ScoreEntry => ({
  ...judged,
  id,
  category,
  code: `${category}.${judged.code}` as ScoreCode,
})

/** [SC8] [SC10] What is taken, then adjustments in the order in which they came; none moves a category below nothing or above what is possible. */
function moved(
  team: TeamState,
  given: Readonly<Record<Category, Given>>,
  earned: readonly ScoreEntry[],
): readonly ScoreEntry[] {
  const points = sums(earned, 'points')
  const possible = sums(earned, 'possible')
  const move = (category: Category, line: Deduction, by: number): ScoreEntry => {
    const before = points[category]
    points[category] = Math.max(0, Math.min(possible[category], before + by))
    return lineOf(category, { ...line, points: points[category] - before, possible: 0 }, line.id)
  }
  const taken = CATEGORIES.flatMap((category) => {
    const { deductions } = CATEGORY_RULES[category] as CategoryRule
    return (deductions?.(given[category]) ?? []).map((line) => move(category, line, -line.points))
  })
  const adjusted = team.adjustments.map(({ category, points: wanted, reason, position }) => {
    const line: Deduction = {
      id: `adjusted/${position}`,
      points: 0,
      code: 'adjusted',
      params: { points: wanted, reason },
      service: null,
      attack: null,
      rule: 'SC10',
      events: [position],
      evidence: null,
    }
    return move(category, line, quanta(wanted, given[category].rules.quantum))
  })
  return [...taken, ...adjusted]
}

/** Sums per category, in quanta. */
export function sums(entries: readonly ScoreEntry[], of: 'points' | 'possible'): Record<Category, number> {
  const sum = { ...perCategory(() => 0) }
  for (const entry of entries) sum[entry.category] += entry[of]
  return sum
}
