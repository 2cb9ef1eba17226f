import { attackOf, type State, type TeamState, teamOf } from '../fold/state.ts'
import type { Attack, Evidence, Scenario } from '../scenario/model.ts'

/**
 * [SC14] What an attack of a chain finds before it: `waiting` until the attack that it comes after is concluded, `open` where that one landed
 * (and for every attack that comes after none), `closed` where it was defended, `outage` and `void` as it was.
 */
export type WayIn = 'open' | 'closed' | 'outage' | 'void' | 'waiting'

export function wayIn(team: TeamState, attack: Attack): WayIn {
  if (attack.after === undefined) return 'open'
  switch (attackOf(team, attack.after)?.state) {
    case 'landed':
      return 'open'
    case 'blocked':
      return 'closed'
    case 'blocked-by-outage':
      return 'outage'
    case 'void':
      return 'void'
    default:
      return 'waiting'
  }
}

/** Why an attack was judged without having been tried. */
export const wayClosed = (attack: Attack): Evidence => ({
  step: `after ${attack.after}`,
  sent: '',
  received: 'the way in was closed',
  expected: `the attack ${attack.after} to have landed`,
  ms: 0,
})

/**
 * Everything that attackers have carried off from a team, by the names that scripts use: `loot.tax/deploy-key-served.key`. What was taken later
 * stands in the place of what was taken before. It comes from the ledger alone, so it is the same after a crash.
 */
export function lootOf(state: State, teamId: string): Readonly<Record<string, string>> {
  const landed = (teamOf(state, teamId)?.attacks ?? []).filter((attack) => attack.loot)
  return Object.fromEntries(
    landed
      .toSorted((a, b) => a.concludedBy - b.concludedBy)
      .flatMap(({ attack, loot = {} }) => named(state.scenario, attack, loot)),
  )
}

function named(scenario: Scenario, attack: string, loot: Readonly<Record<string, string>>) {
  const weakness = scenario.attacks.find(({ id }) => id === attack)?.weakness ?? ''
  return Object.entries(loot).map(([name, value]) => [`loot.${weakness}.${name}`, value] as const)
}
