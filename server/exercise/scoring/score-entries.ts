import type { TeamState } from '../fold/state.ts'
import { CATEGORIES, type Category, type Scenario } from '../scenario/model.ts'
import { attackEntries } from './attack-points.ts'
import { availabilityEntries } from './availability.ts'
import type { ScoreEntry } from './score.ts'
import { quanta } from './shares.ts'
import { usabilityEntries } from './usability.ts'

/** All that a team's score is made of at `atMs`, in quanta: its sums per category are the score. */
export function scoreEntries(scenario: Scenario, team: TeamState, atMs: number): readonly ScoreEntry[] {
  const earned = [
    ...availabilityEntries(scenario, team, atMs),
    ...attackEntries(scenario, team, atMs),
    ...usabilityEntries(scenario, team, atMs),
  ]
  return [...earned, ...deductions(scenario, team, earned)]
}

/** [SC8] [SC10] Hints and adjustments, in the order in which they came; none moves a category below nothing or above what is possible. */
function deductions(
  scenario: Scenario,
  team: TeamState,
  earned: readonly ScoreEntry[],
): readonly ScoreEntry[] {
  const points = sums(earned, 'points')
  const possible = sums(earned, 'possible')
  const move = (category: Category, wanted: number): number => {
    const before = points[category]
    points[category] = Math.max(0, Math.min(possible[category], before + wanted))
    return points[category] - before
  }
  const hints = team.hints.map(({ weakness, level, position }): ScoreEntry => {
    const cost = scenario.scoring.hintCosts[level - 1] ?? 0
    return {
      id: `hint/${weakness}/${level}`,
      category: 'defence',
      points: move('defence', -quanta(cost)),
      possible: 0,
      code: 'defence.hint',
      params: { level, cost },
      service: null,
      attack: null,
      rule: 'SC8',
      events: [position],
      evidence: null,
    }
  })
  const adjusted = team.adjustments.map(
    ({ category, points: wanted, reason, position }): ScoreEntry => ({
      id: `adjusted/${position}`,
      category,
      points: move(category, quanta(wanted)),
      possible: 0,
      code: `${category}.adjusted`,
      params: { points: wanted, reason },
      service: null,
      attack: null,
      rule: 'SC10',
      events: [position],
      evidence: null,
    }),
  )
  return [...hints, ...adjusted]
}

/** Sums per category, in quanta. */
export function sums(entries: readonly ScoreEntry[], of: 'points' | 'possible'): Record<Category, number> {
  const sum = Object.fromEntries(CATEGORIES.map((c) => [c, 0])) as Record<Category, number>
  for (const entry of entries) sum[entry.category] += entry[of]
  return sum
}
