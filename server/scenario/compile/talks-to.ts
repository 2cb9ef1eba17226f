import type { Service } from '../../exercise/scenario/model.ts'
import type { JourneyFile, ServiceFile } from '../schema/service-schema.ts'

interface Calling {
  readonly id: string
  readonly service: Pick<ServiceFile, 'env' | 'needs'>
  readonly journeys: readonly { readonly journey: Pick<JourneyFile, 'steps'> }[]
}

/** Names of machines in addresses, in settings and steps alike. */
const HOST = /https?:\/\/([a-z0-9][a-z0-9-]*)/g

/**
 * Other services that one calls by address, in its settings or in the steps of its journeys, and that it does not need to begin: it may fail for want of them all the same, at once or when what they
 * gave it has become too old.
 */
export function talksTo(
  { id, service, journeys }: Calling,
  all: readonly Pick<Calling, 'id'>[],
): Pick<Service, 'talksTo'> {
  const written = JSON.stringify([service.env, journeys.map(({ journey }) => journey.steps)])
  const hosts = new Set([...written.matchAll(HOST)].map(([, host]) => host))
  const found = all
    .map((other) => other.id)
    .filter((other) => other !== id && hosts.has(other) && !service.needs.includes(other))
  return found.length > 0 ? { talksTo: found } : {}
}
