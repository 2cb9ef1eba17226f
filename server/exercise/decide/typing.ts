import type { State } from '../fold/state.ts'
import type { SeatKind } from '../scenario/model.ts'

/**
 * Whether what a seat types in a terminal reaches the container. While time stands still nobody mends: a team may look on, and type again when the exercise goes
 * on. A phase with `preparation: true` lets it type in its pauses, and before the start where it is the first.
 */
export function mayType(state: State, seat: SeatKind): boolean {
  const { phase, phasesEntered, scenario } = state
  if (seat !== 'blue' || phase === 'running' || phase === 'ended') return true
  const latest = phasesEntered.at(-1)?.id ?? scenario.phases.at(0)?.id
  return scenario.phases.some(({ id, preparation }) => id === latest && preparation === true)
}
