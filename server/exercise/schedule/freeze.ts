import { RULES, RULES_VERSION } from '../ledger/rules.ts'
import type { Attack, Scenario } from '../scenario/model.ts'
import { needsOf } from '../scenario/needs.ts'
import { attackWeight } from '../scenario/weaknesses.ts'

/**
 * So long an attacker comes back to a service that does not answer, at moments that nobody can foresee. Longer than a restart, and longer than it pays to
 * freeze a service: what is away all that time loses more availability than one attack is worth. Wall time, ms.
 */
export const PATIENCE_MS = 45_000

/**
 * How long a team may freeze the service that an attack is on before it has lost more by that than a landing costs at once. A frozen service takes along what needs
 * it, and leaves those alone who use any of it. Exercise time, ms; null where nobody misses the service, however long. Pure.
 */
export function freezeWorthMs(scenario: Scenario, attack: Attack): number | null {
  const { scoring, durationMs, services, citizens } = scenario
  const down = new Set([
    attack.service,
    ...services.filter(({ id }) => needsOf(scenario, id).has(attack.service)).map(({ id }) => id),
  ])
  const weight = services.reduce((sum, one) => sum + one.weight, 0)
  const away = services.reduce((sum, one) => sum + (down.has(one.id) ? one.weight : 0), 0)
  const alone = citizens.personas
    .filter(({ journeys }) => journeys.some(({ service }) => down.has(service)))
    .reduce((sum, { share }) => sum + share, 0)
  const lostInAll = (weight > 0 ? (scoring.availability * away) / weight : 0) + scoring.usability * alone
  if (lostInAll === 0) return null
  // What counts nowhere costs nothing where it lands.
  if (attack.weight === 0) return 0
  const landing =
    (RULES[RULES_VERSION]?.landedLoss ?? 1) * scoring.defence * (attack.weight / attackWeight(scenario))
  return (landing / lostInAll) * durationMs
}

/**
 * Over how much time the moment of an attack must be spread, so that freezing its service does not pay: a team that knows when the attack may come must freeze it all that
 * time, and as long after it as attackers ask again. Exercise time, ms; 0 where no freeze pays, or none costs anything. Pure.
 */
export const neededSpreadMs = (scenario: Scenario, attack: Attack): number =>
  Math.max(0, (freezeWorthMs(scenario, attack) ?? 0) - PATIENCE_MS)
