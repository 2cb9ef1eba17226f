import type { Server } from 'node:http'

/** What stands behind one port. */
export interface Site {
  readonly exerciseId: string
  readonly team: string
  readonly service: string
}

/**
 * Ports of the platform's own, each an origin by itself, that are given to the services of a team together and stay theirs while the platform runs: an old page in a
 * forgotten tab would have its origin in common with another team's. All are bound from the beginning: a frame may hold these, so nobody else may have them.
 */
export interface Sites {
  readonly ports: readonly number[]
  /** By name of the service; null when too few are left. */
  of(exerciseId: string, team: string, services: readonly string[]): ReadonlyMap<string, number> | null
  at(port: number): Site | undefined
  close(): Promise<void>
}

/** Binds up to `count` ports from `first` on (0: any free ones), without those that others have; `serve` makes what answers there. */
export async function openSites(
  host: string,
  first: number,
  count: number,
  serve: () => Server,
): Promise<Sites> {
  const servers: Server[] = []
  const ports: number[] = []
  for (let index = 0; index < count; index++) {
    const server = serve()
    const port = await bind(server, host, first === 0 ? 0 : first + index)
    if (port === null) continue
    servers.push(server)
    ports.push(port)
  }
  const sites = new Map<number, Site>()
  const blocks = new Map<string, ReadonlyMap<string, number>>()
  return {
    ports,
    of(exerciseId, team, services) {
      const key = JSON.stringify([exerciseId, team])
      const known = blocks.get(key)
      if (known) return known
      const room = ports.filter((port) => !sites.has(port))
      if (room.length < services.length || services.length === 0) return null
      const block = new Map(services.map((service, index) => [service, room[index] as number]))
      for (const [service, port] of block) sites.set(port, { exerciseId, team, service })
      blocks.set(key, block)
      return block
    },
    at: (port) => sites.get(port),
    async close() {
      for (const server of servers) server.closeAllConnections()
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
    },
  }
}

const bind = (server: Server, host: string, port: number): Promise<number | null> =>
  new Promise((resolve) => {
    server.once('error', () => resolve(null))
    server.listen({ host, port }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : null)
    })
  })
