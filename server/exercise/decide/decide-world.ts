import { serviceOf } from '../fold/state.ts'
import { SERVICE_ACTIONS } from '../ledger/control-events.ts'
import { heldBack, isFor } from '../schedule/moment-of.ts'
import { revertCostNow } from '../scoring/revert-cost.ts'
import { closing } from './decide-terminal.ts'
import {
  accept,
  type Deciders,
  fact,
  noLongerSo,
  nothing,
  refuse,
  standing,
  withService,
  withTeam,
  wrongPhase,
} from './decision.ts'

type Asked = 'begin-world' | 'end-world' | 'act-on-service' | 'report-act'

/** What takes services away from a team and is nobody's doing: world events, and what white does to a service. */
export const world: Deciders<Asked> = {
  'begin-world': (state, { data }, at) =>
    withTeam(state, data.team, (team) => {
      const event = state.scenario.world.find(({ id }) => id === data.entry)
      if (!event || !isFor(event, team.id))
        return refuse('unknown-entry', `The timeline has no world event ${data.entry} for ${team.id}.`, {
          entry: data.entry,
        })
      if (state.phase !== 'running' || team.world.some(({ entry }) => entry === event.id)) return nothing
      if (heldBack(state, team, 'world', event, at)) return nothing
      const { id, forMs, number, title, publicText, effect, services } = event
      const info = { number, title, publicText, effect, services }
      return accept(fact('world.began', at, { team: team.id, entry: id, info, untilMs: at + forMs }))
    }),

  'end-world': (state, { data }, at) =>
    withTeam(state, data.team, (team) => {
      const stands = team.world.some(({ entry, endedMs }) => entry === data.entry && endedMs === null)
      if (!stands || !standing(state)) return nothing
      return accept(fact('world.ended', at, { team: team.id, entry: data.entry }))
    }),

  'act-on-service': (state, command, at) =>
    withService(state, command.data.team, command.data.service, (team, service) => {
      const { action, seen } = command.data
      if (!standing(state)) return wrongPhase(state, command)
      if (!SERVICE_ACTIONS.includes(action))
        return refuse('unknown-action', `A service can be restarted or reverted, not ${action}.`, { action })
      const now = team.acts.length
      if (seen !== now) return noLongerSo('The number of acts on services', seen, now)
      if ((serviceOf(team, service.id)?.hit ?? 0) > 0)
        return refuse(
          'service-interrupted',
          `Something is done to ${service.id} already: wait until that is over.`,
          {
            service: service.id,
          },
        )
      const cost = action === 'revert' ? revertCostNow(state) : 0
      const reason = action === 'revert' ? 'reverted' : 'restarted'
      const closed = team.terminals
        .filter((open) => open.service === service.id)
        .flatMap((open) => closing(team.id, open, at, reason))
      const by = command.by
      return accept(
        ...closed,
        fact('service.acted', at, { team: team.id, service: service.id, action, cost, by }),
      )
    }),

  'report-act': (state, { data }, at) =>
    withTeam(state, data.team, (team) => {
      const stands = team.acts.some(({ act, finishedMs }) => act === data.act && finishedMs === null)
      if (!stands) return nothing
      const { act, ok } = data
      const reason = data.reason.slice(0, 500)
      return accept(fact('service.act-finished', at, { team: team.id, act, ok, reason }))
    }),
}
