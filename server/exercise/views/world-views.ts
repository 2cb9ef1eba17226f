import type { State } from '../fold/state.ts'
import type { WorldView } from './views.ts'

/** World events of all teams, in the order in which they began. The same for every audience. */
export const worldViews = ({ teams }: Pick<State, 'teams'>): readonly WorldView[] =>
  teams
    .flatMap(({ id: team, world }) =>
      world.map(({ entry, info, beganMs, untilMs, endedMs, position }) => {
        const { title, publicText, effect, services } = info
        return {
          position,
          view: { entry, team, title, publicText, effect, services, beganMs, untilMs, endedMs },
        }
      }),
    )
    .toSorted((a, b) => a.position - b.position)
    .map(({ view }) => view)
