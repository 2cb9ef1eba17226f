import { NoSuchTarget } from '../../engine/ports/program.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { containerName, isPlatforms, LABEL_SERVICE, LABEL_TEAM, ownedBy } from '../labels.ts'

interface Standing {
  readonly service: string
  /** By network. */
  readonly addresses: ReadonlyMap<string, string>
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1'])
/** How operators name a service on the inner network. */
const INNER = '.inner'

/**
 * The address of a service of the same enclave on a network on which `from` stands too. Names and addresses are the engine's own: what the team wrote into its
 * containers' tables of hosts leads nowhere. @throws NoSuchTarget
 */
export async function targetAddress(
  docker: ContainerEngine,
  from: { readonly exerciseId: string; readonly team: string; readonly service: string },
  host: string,
): Promise<string> {
  const wanted = host.toLowerCase()
  if (LOOPBACK.has(wanted)) return '127.0.0.1'
  const filters = { label: [ownedBy(from.exerciseId), `${LABEL_TEAM}=${from.team}`, LABEL_SERVICE] }
  const all = (await docker.listContainers({ all: true, filters })).map(
    ({ Labels, NetworkSettings }): Standing => ({
      service: Labels[LABEL_SERVICE] ?? '',
      addresses: new Map(
        Object.entries(NetworkSettings.Networks).map(([name, { IPAddress }]) => [name, IPAddress]),
      ),
    }),
  )
  const own = all.find(({ service }) => service === from.service)
  if (!own) throw new Error(`there is no ${containerName(from.exerciseId, from.team, from.service)}`)
  return addressAmong(all, own, wanted)
}

/** The same, of what stands. @throws NoSuchTarget */
export function addressAmong(all: readonly Standing[], own: Standing, wanted: string): string {
  // The inner network's name sorts behind the public one's; services find each other there.
  const shared = [...own.addresses.keys()].sort().reverse()
  const name = wanted.endsWith(INNER) ? wanted.slice(0, -INNER.length) : wanted
  for (const { service, addresses } of all) {
    if (isPlatforms(service)) continue
    for (const network of shared) {
      const address = addresses.get(network)
      if (address && (service === name || address === wanted)) return address
    }
  }
  throw new NoSuchTarget(`${wanted} is no service of this enclave that can be reached from here`)
}
