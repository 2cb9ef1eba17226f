import { parsePool, type Taken } from '../enclave/addresses.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { runHelper, type Where } from '../engine-api/helper.ts'

interface Route {
  readonly type?: string
  readonly dst: string
  readonly dev?: string
  readonly table?: string
}

/**
 * What the engine's machine sends elsewhere of the pools: the routes of all its tables, so also those of a VPN, and of a remote engine's machine. The
 * enclaves have no IPv6, so that its routes are no matter.
 */
export async function routesInto(
  docker: ContainerEngine,
  where: Where,
  pools: readonly string[],
): Promise<readonly Taken[]> {
  const show = pools
    .map((pool) => parsePool(pool).address)
    .flatMap((pool) =>
      [`root ${pool}`, `match ${pool}`].map((what) => `ip -4 -j route show table all ${what}`),
    )
  const said = await runHelper(docker, {
    ...where,
    network: 'host',
    purpose: 'routes',
    command: ['sh', '-c', show.join('; echo; ')],
  })
  return readRoutes(said)
}

/** Pure: from lines of `ip -j route`. */
export function readRoutes(lines: readonly string[]): readonly Taken[] {
  const routes = lines.filter((line) => line.startsWith('[')).flatMap((line) => JSON.parse(line) as Route[])
  const seen = new Set<string>()
  return routes.flatMap(({ type, dst, dev, table }) => {
    // Each address of an interface has routes of its own beside the network's.
    if (dst === 'default' || type === 'broadcast' || seen.has(`${dst} ${dev}`)) return []
    seen.add(`${dst} ${dev}`)
    const over = dev ? `route over ${dev}` : `${type ?? ''} route`.trim()
    return [{ cidr: dst, by: table && table !== 'local' ? `${over}, table ${table}` : over }]
  })
}
