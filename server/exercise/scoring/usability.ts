import { settled } from '../fold/usability-time.ts'
import type { CategoryRule } from './category.ts'
import { shareOf } from './shares.ts'

/** [SC13] One entry for each persona: its share, as far as its time is known, less the time that was lost to it. */
export const usability: CategoryRule<'persona'> = {
  about: 'For citizens whose complaints are mended or answered',
  usualPoints: 0,
  needs: null,
  takesIdle: false,
  codes: ['persona'],
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
      const open = team.tickets.find((t) => t.persona === persona.id && t.closedMs === null)
      return [
        {
          id: persona.id,
          points: Math.floor((share * (knownMs - lostMs)) / scenario.durationMs),
          possible: Math.floor((share * knownMs) / scenario.durationMs),
          code: 'persona' as const,
          params: { persona: persona.id, lostMs, knownMs },
          service: null,
          attack: null,
          rule: 'SC13',
          events: state.events,
          evidence: open?.evidence ?? null,
        },
      ]
    })
  },
}
