import type { TeamState } from '../fold/state.ts'
import { settled } from '../fold/usability-time.ts'
import type { Persona } from '../scenario/citizens.ts'
import type { CategoryRule } from './category.ts'
import { shareOf } from './shares.ts'

/** [SC13] One entry for each persona: its share, as far as its time is known, less the time that was lost to it. */
export const usability: CategoryRule<'persona' | 'down'> = {
  about: 'For citizens whose complaints are mended or answered',
  usualPoints: 0,
  needs: null,
  takesIdle: false,
  codes: ['persona', 'down'],
  entries({ scenario, rules, team, atMs, budget }) {
    if (budget === 0) return []
    const weights = scenario.citizens.personas.map(({ share }) => Math.round(share * rules.personaParts))
    const all = weights.reduce((sum, weight) => sum + weight, 0)
    let before = 0
    return scenario.citizens.personas.flatMap((persona, index) => {
      const weight = weights[index] ?? 0
      const share = shareOf(budget, weight, before, all)
      before += weight
      const state = team.usability[index]
      if (!state) return []
      const { knownMs, lostMs } = settled(scenario.scoring, team.tickets, persona.id, state, atMs)
      const its = team.tickets.filter((ticket) => ticket.persona === persona.id)
      const open = its.find(({ closedMs }) => closedMs === null)
      const down = open || lostMs === 0 ? null : lastDown(team, persona)
      return [
        {
          id: persona.id,
          points: Math.floor((share * (knownMs - lostMs)) / scenario.durationMs),
          possible: Math.floor((share * knownMs) / scenario.durationMs),
          code: down ? ('down' as const) : ('persona' as const),
          params: { persona: persona.id, lostMs, knownMs },
          service: down?.service ?? null,
          attack: null,
          rule: 'SC13',
          events: down ? [...state.events, down.position] : state.events,
          evidence: (open ?? its.at(-1))?.evidence ?? null,
        },
      ]
    })
  },
}

/** The service that was down last, among those that a persona uses, and the event by which it was. */
function lastDown({ services }: TeamState, { journeys }: Persona) {
  const used = services.filter(({ id }) => journeys.some(({ service }) => service === id))
  return used
    .flatMap(({ id, history }) => {
      const turn = history.findLast(({ verdict }) => verdict === 'down')
      return turn ? [{ service: id, position: turn.position }] : []
    })
    .toSorted((a, b) => b.position - a.position)[0]
}
