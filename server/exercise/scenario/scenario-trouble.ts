import type { Scenario } from './model.ts'
import { CATEGORIES } from './words.ts'

/**
 * Why no exercise can be run on a scenario, as one English sentence, or null. Guards the fold and the scores; the loader
 * reports an author's mistakes in full and with their places.
 */
export function scenarioTrouble(scenario: Scenario): string | null {
  const { scoring } = scenario
  const services = new Set(scenario.services.map((s) => s.id))
  const weaknesses = new Map(scenario.weaknesses.map((w) => [w.id, w.service]))
  if (!(scenario.durationMs > 0)) return 'The exercise has no duration.'
  if (services.size === 0) return 'The scenario has no services.'
  if (services.size < scenario.services.length) return 'Two services have the same id.'
  if (weaknesses.size < scenario.weaknesses.length) return 'Two weaknesses have the same id.'
  if (new Set(scenario.attacks.map((a) => a.id)).size < scenario.attacks.length)
    return 'Two attacks have the same id.'
  for (const service of scenario.services) {
    if (!(service.weight >= 0)) return `Service ${service.id} has a negative weight.`
    if (service.journeys.filter((j) => j.alive).length !== 1)
      return `Service ${service.id} needs exactly one light check.`
    if (new Set(service.journeys.map((j) => j.id)).size < service.journeys.length)
      return `Two journeys of ${service.id} have the same id.`
  }
  if (!scenario.services.some((s) => s.weight > 0)) return 'No service has any weight.'
  for (const attack of scenario.attacks) {
    const service = weaknesses.get(attack.weakness)
    if (service === undefined)
      return `Attack ${attack.id} needs weakness ${attack.weakness}, which is not planted.`
    if (service !== attack.service)
      return `Attack ${attack.id} is on ${attack.service}, its weakness on ${service}.`
    if (!(attack.weight >= 0)) return `Attack ${attack.id} has a negative weight.`
  }
  if (scenario.weaknesses.some((w) => !services.has(w.service)))
    return 'A weakness is in a service that is not there.'
  const credits = [scoring.slowCredit, scoring.brokenCredit]
  if (credits.some((credit) => !(credit >= 0 && credit <= 1))) return 'A credit is not between 0 and 1.'
  if (!(scoring.recoveryFullMs >= 0 && scoring.recoveryFullMs < scoring.recoveryZeroMs))
    return 'Recovery points must end later than they are full.'
  const budgets = [...CATEGORIES.map((category) => scoring[category]), ...scoring.hintCosts]
  if (budgets.some((points) => !(points >= 0))) return 'A number of points is negative.'
  return null
}
