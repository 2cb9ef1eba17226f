import { type State, teamOf, viewAt } from '../fold/state.ts'
import { RULES, type RulesTable, rulesOf } from '../ledger/rules.ts'
import { perCategory } from '../scenario/per-category.ts'
import { CATEGORIES } from '../scenario/words.ts'
import type { ScoreEntry, ScoreView } from './score.ts'
import { scoreEntries, sums } from './score-entries.ts'

export const noScore: ScoreView = {
  total: 0,
  possible: 0,
  categories: perCategory(() => ({ points: 0, possible: 0 })),
}

/**
 * A team's points so far, out of those possible so far, at exercise time `atMs` (not before the last event), by the rules under
 * which the exercise was created. Sums of points are exact. Zeros for a team that is not in the exercise.
 */
export const scoreAt = (state: State, teamId: string, atMs: number, table: RulesTable = RULES): ScoreView =>
  scoredAt(state, teamId, atMs, table).score

/** The same with the lines that it is made of, in whole quanta. */
export function scoredAt(
  state: State,
  teamId: string,
  atMs: number,
  table: RulesTable = RULES,
): { readonly score: ScoreView; readonly entries: readonly ScoreEntry[]; readonly quantum: number } {
  const team = teamOf(state, teamId)
  if (!team) return { score: noScore, entries: [], quantum: 1 }
  const rules = rulesOf(state, table)
  const entries = scoreEntries(state, team, viewAt(state, atMs), rules)
  const points = sums(entries, 'points')
  const possible = sums(entries, 'possible')
  const score = {
    total: CATEGORIES.reduce((sum, name) => sum + points[name], 0) / rules.quantum,
    possible: CATEGORIES.reduce((sum, name) => sum + possible[name], 0) / rules.quantum,
    categories: perCategory((name) => ({
      points: points[name] / rules.quantum,
      possible: possible[name] / rules.quantum,
    })),
  }
  return { score, entries, quantum: rules.quantum }
}

/**
 * [SC11] Order of two scores, the better first: by the share of the possible points, so that what was void for one team
 * costs it no place. Zero when they are equal. Before anything is possible nothing is lost.
 */
export function better(a: ScoreView, b: ScoreView): number {
  const [x, y] = [a, b].map((s) => (s.possible > 0 ? s : { total: 1, possible: 1 })) as [ScoreView, ScoreView]
  return y.total * x.possible - x.total * y.possible
}
