import type { Service } from '#exercise/scenario/model.ts'

/** As the collector calls lines of the network's sensor. */
export const SENSOR = 'sensor'
/** Kinds of its lines; each begins with its kind in brackets, which nothing that it hears can hold. */
export const HEARD = ['flow', 'tls', 'http'] as const

/** Where lines come from, as it is chosen: a service, the sensor, or one kind of its lines (`sensor/tls`); empty: from everywhere. */
export const placeOf = (kind: (typeof HEARD)[number]): string => `${SENSOR}/${kind}`

/** What is asked of the collector for that. */
export function askedOf(place: string, text: string): { readonly service: string; readonly text: string } {
  const [service = '', kind] = place.split('/')
  return { service, text: kind === undefined ? text : `[${kind}] ${text}` }
}

/** An enclave has a sensor where it has a collector to tell. */
export const hasSensor = (services: readonly Service[]): boolean =>
  services.some((service) => service.collector)
