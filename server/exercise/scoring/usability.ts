import type { TeamState } from '../fold/state.ts'
import { settled } from '../fold/usability-time.ts'
import type { Scenario } from '../scenario/model.ts'
import type { ScoreEntry } from './score.ts'
import { quanta, shareOf } from './shares.ts'

/** Persona shares to whole millionths, so that they can be divided like weights. */
const MILLION = 1_000_000

/** [SC13] One entry for each persona: its share of usability, as far as its time is known, less the time that was lost to it. */
export function usabilityEntries(scenario: Scenario, team: TeamState, atMs: number): readonly ScoreEntry[] {
  const budget = quanta(scenario.scoring.usability)
  if (budget === 0) return []
  const weights = scenario.citizens.personas.map(({ share }) => Math.round(share * MILLION))
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let before = 0
  return scenario.citizens.personas.flatMap((persona, index) => {
    const weight = weights[index] ?? 0
    const share = shareOf(budget, weight, before, all)
    before += weight
    const state = team.usability[index]
    if (!state) return []
    const { knownMs, lostMs } = settled(scenario.scoring, team.tickets, persona.id, state, atMs)
    const possible = Math.floor((share * knownMs) / scenario.durationMs)
    const points = Math.floor((share * (knownMs - lostMs)) / scenario.durationMs)
    const open = team.tickets.find((t) => t.persona === persona.id && t.closedMs === null)
    return [
      {
        id: `usability/${persona.id}`,
        category: 'usability' as const,
        points,
        possible,
        code: 'usability.persona' as const,
        params: { persona: persona.id, lostMs, knownMs },
        service: null,
        attack: null,
        rule: 'SC13',
        events: state.events,
        evidence: open?.evidence ?? null,
      },
    ]
  })
}
