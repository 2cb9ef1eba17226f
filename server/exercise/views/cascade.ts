import { outSinceMs } from '../fold/responses.ts'
import { serviceOf, type TeamState } from '../fold/state.ts'
import { unusable } from '../fold/verdicts.ts'
import type { Scenario } from '../scenario/model.ts'
import { needsOf } from '../scenario/needs.ts'
import { breached } from './service-view.ts'

/** Services that fail by themselves, and those that fail with them because they need one of them, directly or not. */
export interface Cascade {
  readonly roots: readonly string[]
  readonly dependents: readonly string[]
  /** Of each dependent the roots that it needs. */
  readonly because: ReadonlyMap<string, readonly string[]>
}

/** Who asks another for something that it can do without for a while fails so much later at most: a queue is full, or a stamp has become too old. ms */
export const FOLLOWS_MS = 300_000

/** What fails in one team's country, and what of it only because something else does. */
export function cascadeOf(scenario: Scenario, team: TeamState): Cascade {
  const failing = scenario.services
    .map(({ id }) => id)
    .filter((id) => unusable(serviceOf(team, id)?.verdict ?? 'unknown'))
  const direct = new Map(
    failing.map((id) => [id, failing.filter((other) => other !== id && failsFor(scenario, team, id, other))]),
  )
  const roots = failing.filter((id) => direct.get(id)?.length === 0)
  const because = new Map<string, readonly string[]>()
  for (const id of failing) {
    if (roots.includes(id)) continue
    const all = reach(direct, id)
    because.set(
      id,
      roots.filter((root) => all.has(root)),
    )
  }
  return { roots, dependents: [...because.keys()], because }
}

/**
 * Whether one failing service fails for want of another. It needs it; or it is seen to: it talks to it, fell after it within minutes, and nobody is inside it, which would be reason enough.
 */
function failsFor(scenario: Scenario, team: TeamState, id: string, other: string): boolean {
  if (needsOf(scenario, id).has(other)) return true
  const talks = scenario.services.find((service) => service.id === id)?.talksTo?.includes(other)
  if (!talks || needsOf(scenario, other).has(id) || breached(team, id)) return false
  const [one, before] = [serviceOf(team, id), serviceOf(team, other)]
  const fellMs = one && outSinceMs(one)
  const beforeMs = before && outSinceMs(before)
  if (fellMs === null || beforeMs === null || fellMs === undefined || beforeMs === undefined) return false
  return fellMs > beforeMs && fellMs - beforeMs <= FOLLOWS_MS
}

/** All that a service fails for, directly or through others. */
function reach(direct: ReadonlyMap<string, readonly string[]>, id: string): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (one: string) => {
    for (const next of direct.get(one) ?? [])
      if (!found.has(next)) {
        found.add(next)
        visit(next)
      }
  }
  visit(id)
  return found
}
