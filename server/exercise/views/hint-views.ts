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
      .flatMap(({ text, by }) => (text ? [{ text, by }] : []))
    const by = taken.map((hint) => hint.by ?? null)
    const named = by.some((name) => name !== null) && { by }
    return {
      weakness,
      service,
      taken: taken.map(({ text }) => text),
      ...named,
      nextCost: scoring.hintCosts[taken.length] ?? null,
    }
  })
}
