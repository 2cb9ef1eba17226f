import { type State, teamOf, viewAt } from '../fold/state.ts'
import { evidenceFor } from '../ledger/audience.ts'
import type { Audience } from '../scenario/model.ts'
import type { ScoreLine } from './score.ts'
import { scoreEntries } from './score-entries.ts'
import { QUANTUM } from './shares.ts'

/**
 * Why a team has the score it has at `atMs`: the sums of `points` and `possible` over the lines are the totals of `scoreAt`,
 * exactly. From a redacted stream the lines hold no more than that audience may know; from the whole ledger say for whom.
 */
export function explain(
  state: State,
  teamId: string,
  atMs: number,
  audience: Audience = { seat: 'white' },
): readonly ScoreLine[] {
  const team = teamOf(state, teamId)
  if (!team) return []
  return scoreEntries(state, team, viewAt(state, atMs)).map((entry) => ({
    ...entry,
    points: entry.points / QUANTUM,
    possible: entry.possible / QUANTUM,
    evidence: evidenceFor(audience, teamId, entry.evidence),
  }))
}
