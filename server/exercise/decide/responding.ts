import { responseMs, troubleSinceMs } from '../fold/responses.ts'
import { type State, serviceOf, type TeamState } from '../fold/state.ts'
import type { Actor } from '../ledger/actor.ts'
import type { NewEvent } from '../ledger/events.ts'
import type { ResponseStep } from '../ledger/response-events.ts'
import { fact, inPlay } from './decision.ts'

/** Whether it is the team itself that acts: its people, or its pilot in their place. Who helps from outside is not. */
const own = (team: TeamState, by: Actor): boolean =>
  by.kind === 'pilot' ? by.team === team.id : by.kind === 'seat' && by.seat === 'blue'

/** What follows for everybody to know when a team turns to a service: a step with what is publicly wrong there, the first time that it is taken since. */
export function responding(
  state: State,
  team: TeamState,
  service: string,
  step: ResponseStep,
  by: Actor,
  at: number,
): readonly NewEvent[] {
  return own(team, by) ? began(state, team, service, step, at) : []
}

/**
 * A service came back from a restart while attackers are inside, or its machine runs again: whoever looks at it has laid hands on it. Where nobody of the team has looked, it
 * fell and rose by itself, or the attack did that; what white or a world event takes away and brings back is nobody's mending either.
 */
export function restarted(state: State, team: TeamState, service: string, at: number): readonly NewEvent[] {
  const since = troubleSinceMs(team, service)
  const known = serviceOf(team, service)
  if (since === null || !known || known.hit > 0 || known.touched > 0) return []
  if (team.acts.some((act) => act.service === service && (act.finishedMs ?? at) >= since)) return []
  if (responseMs(team, service, 'noticed', since, at) === null) return []
  return began(state, team, service, 'mending', at)
}

function began(
  state: State,
  team: TeamState,
  service: string,
  step: ResponseStep,
  at: number,
): readonly NewEvent[] {
  const since = troubleSinceMs(team, service)
  if (!inPlay(state) || since === null || responseMs(team, service, step, since, at) !== null) return []
  const told = fact('response.began', at, { team: team.id, service, step })
  // Who mends has noticed.
  return step === 'mending' ? [...began(state, team, service, 'noticed', at), told] : [told]
}
