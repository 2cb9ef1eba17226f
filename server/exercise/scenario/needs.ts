import type { Scenario } from './model.ts'

/** Everything that a service needs, directly or through others; not the service itself. */
export function needsOf(scenario: Pick<Scenario, 'services'>, service: string): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (id: string) => {
    for (const need of scenario.services.find((s) => s.id === id)?.needs ?? [])
      if (!found.has(need)) {
        found.add(need)
        visit(need)
      }
  }
  visit(service)
  found.delete(service)
  return found
}
