import type { Scenario, Service } from '../scenario/model.ts'

type Picture = Pick<Service, 'icon' | 'hub' | 'collector'>

/** What Kilp's own services looked like while pages knew them by name: ledgers of then do not say. */
const EARLIER: Readonly<Record<string, Picture>> = {
  assistant: { icon: 'bot' },
  eid: { icon: 'id-card' },
  health: { icon: 'heart-pulse' },
  mynumber: { icon: 'credit-card' },
  population: { icon: 'users' },
  portal: { icon: 'screens' },
  'registry-db': { icon: 'database' },
  school: { icon: 'graduation-cap' },
  sign: { icon: 'signature' },
  soc: { collector: true },
  tax: { icon: 'landmark' },
  tracker: { icon: 'eye' },
  vote: { icon: 'vote' },
  wallet: { icon: 'wallet' },
  xroad: { icon: 'waypoints', hub: true },
}

/** A scenario of any age in the form of today: one in which no service says what it looks like is from before they could. */
export function withPictures<S extends Pick<Scenario, 'services'>>(scenario: S): S {
  if (scenario.services.some(({ icon, hub, collector }) => icon || hub || collector)) return scenario
  return {
    ...scenario,
    services: scenario.services.map((service) => ({ ...service, ...EARLIER[service.id] })),
  }
}
