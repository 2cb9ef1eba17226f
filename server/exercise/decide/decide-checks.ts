import { teamOf } from '../fold/state.ts'
import type { CheckCommands } from './check-commands.ts'
import { accept, type Deciders, fact, nothing, wrongPhase } from './decision.ts'

/** After the end, too: those that were under way at its last moment are counted by then. */
export const checks: Deciders<keyof CheckCommands> = {
  'count-checks': (state, command, at) => {
    if (!['running', 'paused', 'ended'].includes(state.phase)) return wrongPhase(state, command)
    const counted = Object.entries(command.data.teams).filter(
      ([team, { light, full }]) => teamOf(state, team) && light + full > 0,
    )
    return counted.length === 0
      ? nothing
      : accept(fact('checks.counted', at, { teams: Object.fromEntries(counted) }))
  },
}
