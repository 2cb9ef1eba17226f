import type { Scenario, Service } from './model.ts'

/** Pictures that a service may have, named after what they show. */
export const ICONS = [
  'anchor',
  'bike',
  'book',
  'bot',
  'building',
  'bus',
  'calendar',
  'camera',
  'car',
  'chart',
  'chat',
  'church',
  'cloud',
  'compass',
  'credit-card',
  'database',
  'droplet',
  'eye',
  'factory',
  'file',
  'flame',
  'gavel',
  'globe',
  'graduation-cap',
  'heart-pulse',
  'home',
  'hospital',
  'id-card',
  'key',
  'landmark',
  'leaf',
  'library',
  'lock',
  'mail',
  'newspaper',
  'package',
  'phone',
  'pill',
  'plane',
  'plug',
  'radio',
  'satellite',
  'scale',
  'screens',
  'server',
  'shield',
  'ship',
  'shopping-cart',
  'signature',
  'siren',
  'sun',
  'ticket',
  'train',
  'truck',
  'tv',
  'users',
  'vote',
  'wallet',
  'waypoints',
  'wheat',
  'wifi',
  'wrench',
  'zap',
] as const
export type Icon = (typeof ICONS)[number]

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
export function withPictures(scenario: Scenario): Scenario {
  if (scenario.services.some(({ icon, hub, collector }) => icon || hub || collector)) return scenario
  return {
    ...scenario,
    services: scenario.services.map((service) => ({ ...service, ...EARLIER[service.id] })),
  }
}
