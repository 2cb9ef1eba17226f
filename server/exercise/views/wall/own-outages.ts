import { type State, serviceOf, type TeamState } from '../../fold/state.ts'
import { needsOf } from '../../scenario/needs.ts'
import { type Cascade, FOLLOWS_MS } from '../cascade.ts'
import { type Bout, outageBouts } from './bouts.ts'

/** Outages of a service in a country that are no part of another problem: nobody is inside it meanwhile, and one that stands is no consequence. `cascade`: of this team. */
export function ownOutages(
  team: TeamState,
  cascade: Cascade | undefined,
  id: string,
  atMs: number,
): readonly Bout[] {
  const service = serviceOf(team, id)
  if (!service) return []
  return outageBouts(team, service, atMs).filter(({ fromMs, toMs }) => {
    if (toMs === null && !cascade?.roots.includes(id)) return false
    return !team.attacks.some(
      ({ state, info, concludedMs, closedMs }) =>
        state === 'landed' &&
        info.service === id &&
        (concludedMs ?? 0) <= (toMs ?? atMs) &&
        (closedMs ?? atMs) >= fromMs,
    )
  })
}

/** Whether an outage that is over was one for want of something else: what it needs failed at the same time, or what it talks to a few minutes before it. */
export function hadFollowed({ scenario }: Pick<State, 'scenario'>, bout: Bout, atMs: number): boolean {
  const { team, service: id, fromMs, toMs } = bout
  const needs = needsOf(scenario, id)
  const talksTo = scenario.services.find((service) => service.id === id)?.talksTo ?? []
  const failed = (other: string, sinceMs: number) => {
    const service = serviceOf(team, other)
    return (
      service !== undefined &&
      outageBouts(team, service, atMs).some(
        (one) => one.fromMs <= (toMs ?? atMs) && (one.toMs ?? atMs) >= fromMs && one.fromMs >= sinceMs,
      )
    )
  }
  return (
    [...needs].some((other) => failed(other, 0)) ||
    talksTo.some((other) => !needsOf(scenario, other).has(id) && failed(other, fromMs - FOLLOWS_MS))
  )
}
