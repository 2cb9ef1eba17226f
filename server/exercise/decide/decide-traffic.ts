import { accept, type Deciders, fact, standing, withService, wrongPhase } from './decision.ts'
import type { TrafficCommands } from './traffic-commands.ts'

/** Also in a pause: who only listens changes nothing. */
export const traffic: Deciders<keyof TrafficCommands> = {
  'record-traffic': (state, command, at) =>
    withService(state, command.data.team, command.data.service, (team, service) =>
      standing(state)
        ? accept(fact('traffic.recorded', at, { team: team.id, service: service.id, by: command.by }))
        : wrongPhase(state, command),
    ),
}
