import { serviceOf, type TeamState } from '../fold/state.ts'
import { unusable } from '../fold/verdicts.ts'
import type { Scenario } from '../scenario/model.ts'
import { needsOf } from '../scenario/needs.ts'

/** Services that fail by themselves, and those that fail with them because they need one of them, directly or not. */
export interface Cascade {
  readonly roots: readonly string[]
  readonly dependents: readonly string[]
  /** Of each dependent the roots that it needs. */
  readonly because: ReadonlyMap<string, readonly string[]>
}

/** What fails in one team's country, and what of it only because something else does. */
export function cascadeOf(scenario: Scenario, team: TeamState): Cascade {
  const failing = scenario.services
    .map(({ id }) => id)
    .filter((id) => unusable(serviceOf(team, id)?.verdict ?? 'unknown'))
  const needed = new Map(
    failing.map((id) => [id, failing.filter((other) => other !== id && needsOf(scenario, id).has(other))]),
  )
  const roots = failing.filter((id) => needed.get(id)?.length === 0)
  const dependents = failing.filter((id) => !roots.includes(id))
  const because = new Map(
    dependents.map((id) => [id, (needed.get(id) ?? []).filter((other) => roots.includes(other))]),
  )
  return { roots, dependents, because }
}
