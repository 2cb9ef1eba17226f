import type { Verdict } from '#exercise/scenario/words.ts'
import type { ServiceView } from '#exercise/views/views.ts'

const URGENCY: Readonly<Record<Verdict, number>> = { down: 4, broken: 3, slow: 1, unknown: 0, up: 0 }

/** What a team that has chosen nothing looks at: what people miss most, then where attackers are. */
export function mostUrgent(services: readonly ServiceView[]): ServiceView | undefined {
  const urgency = (service: ServiceView) => URGENCY[service.verdict] + (service.breached ? 2 : 0)
  return services.toSorted((a, b) => urgency(b) - urgency(a))[0]
}
