import { type State, teamOf, viewAt } from '../fold/state.ts'
import { evidenceFor } from '../ledger/audience.ts'
import { RULES, type RulesTable, rulesOf } from '../ledger/rules.ts'
import type { Audience } from '../scenario/model.ts'
import type { ScoreLine } from './score.ts'
import { scoreEntries } from './score-entries.ts'

/**
 * Why a team has the score it has at `atMs`: the sums of `points` and `possible` over the lines are the totals of `scoreAt`,
 * exactly. From a redacted stream the lines hold no more than that audience may know; from the whole ledger say for whom.
 */
export function explain(
  state: State,
  teamId: string,
  atMs: number,
  audience: Audience = { seat: 'white' },
  table: RulesTable = RULES,
): readonly ScoreLine[] {
  const team = teamOf(state, teamId)
  if (!team) return []
  const rules = rulesOf(state, table)
  return scoreEntries(state, team, viewAt(state, atMs), rules).map((entry) => ({
    ...entry,
    points: entry.points / rules.quantum,
    possible: entry.possible / rules.quantum,
    evidence: evidenceFor(audience, teamId, entry.evidence),
  }))
}
