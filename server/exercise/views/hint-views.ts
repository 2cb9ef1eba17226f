import { type State, teamOf } from '../fold/state.ts'
import { handleOf } from '../scenario/weaknesses.ts'
import type { HintView } from './views.ts'

/** The hints of a team, one for each planted weakness, under the handles that `take-hint` takes. */
export function hintViews(state: State, teamId: string): readonly HintView[] {
  const team = teamOf(state, teamId)
  const { weaknesses, scoring } = state.scenario
  if (!team) return []
  return weaknesses.map(({ id, service }) => {
    const weakness = handleOf(weaknesses, id)
    const taken = team.hints
      .filter((hint) => hint.weakness === weakness)
      .flatMap((hint) => (hint.text ? [hint.text] : []))
    return { weakness, service, taken, nextCost: scoring.hintCosts[taken.length] ?? null }
  })
}
