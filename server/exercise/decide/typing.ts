import type { State } from '../fold/state.ts'
import type { SeatKind } from '../scenario/model.ts'

/**
 * Whether what a seat types in a terminal reaches the container. While time stands still nobody mends: a team may look on, and type again when the exercise goes
 * on, unless it may prepare.
 */
export const mayType = (state: State, seat: SeatKind): boolean =>
  seat !== 'blue' || state.phase === 'running' || state.phase === 'ended' || mayPrepare(state)

/**
 * Whether what a seat asks for as a citizen reaches a service: any request may set off what a team has put there, so in a standstill it is as with typing. Before the start,
 * while nobody has been let in to prepare, nothing can have been put anywhere.
 */
export const mayVisit = (state: State, seat: SeatKind): boolean =>
  mayType(state, seat) || (state.phase === 'ready' && state.preparation === null)

/** Whether a seat may change sources, and restart what runs on them: as in a terminal, and nothing after the end. */
export const mayEdit = (state: State, seat: SeatKind): boolean =>
  (standsStill(state) || state.phase === 'running') && mayType(state, seat)

/** Before the start and in a pause: there is something to prepare for, and terminals to open. */
export const standsStill = ({ phase }: Pick<State, 'phase'>): boolean =>
  phase === 'ready' || phase === 'paused'

/**
 * Whether teams may type while time stands still: as the instructor said by hand for this standstill, else as the phase of the timeline says. One with `preparation:
 * true` lets them in its pauses, and before the start where it is the first.
 */
export function mayPrepare({ preparation: said, phasesEntered, scenario }: State): boolean {
  if (said !== null) return said
  const latest = phasesEntered.at(-1)?.id ?? scenario.phases.at(0)?.id
  return scenario.phases.some(({ id, preparation }) => id === latest && preparation === true)
}
