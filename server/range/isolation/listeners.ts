import type { ContainerEngine } from '../engine-api/docker.ts'
import { type Helper, startHelper, type Where } from '../engine-api/helper.ts'
import { LABEL, LABEL_SERVICE, LABEL_TEAM } from '../labels.ts'
import { LISTEN } from './isolation-scripts.ts'
import type { Outside, Spot, Stranger } from './targets.ts'

/** Listeners of ours outside every enclave, while proofs run. */
export interface Listeners {
  readonly outside: Outside
  close(): Promise<void>
}

/**
 * Opens the listeners and makes sure that they answer where they may be reached. `all`: also beyond the host, for which the engine gives the host a
 * new interface (browsers on it may take that for another network). `beyond`: listeners on other machines, which nobody opens here.
 */
export async function openListeners(
  docker: ContainerEngine,
  where: Where,
  reach: 'host' | 'all' = 'all',
  beyond: readonly Stranger[] = [],
): Promise<Listeners> {
  const helpers: Helper[] = []
  const close = async () => {
    await Promise.all(helpers.map((helper) => helper.remove()))
  }
  const open = async (network: 'host' | 'bridge', greet: readonly string[]): Promise<Spot> => {
    const command = ['node', '-e', LISTEN, ...greet]
    const helper = await startHelper(docker, { ...where, network, purpose: `listener-${network}`, command })
    helpers.push(helper)
    const said = JSON.parse(helper.line) as Spot & { readonly deaf: readonly string[] }
    if (said.addresses.length === 0 || said.deaf.length > 0)
      throw new Error(
        `the isolation proof's own listener does not answer on ${said.deaf.join(', ') || 'any address'}`,
      )
    return { port: said.port, addresses: said.addresses }
  }
  try {
    const bridge = reach === 'all' ? await open('bridge', []) : undefined
    const host = await open(
      'host',
      (bridge?.addresses ?? []).map((address) => `${address}:${bridge?.port}`),
    )
    const strangers = [...beyond, ...(await strangersTo(docker, where.exerciseId))]
    return { outside: bridge ? { host, beyond: bridge, strangers } : { host, strangers }, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Enough to show that the way is closed. */
const MOST_STRANGERS = 100

async function strangersTo(docker: ContainerEngine, exerciseId: string): Promise<Outside['strangers']> {
  const all = await docker.listContainers({ filters: { label: [LABEL, LABEL_TEAM, LABEL_SERVICE] } })
  return all
    .filter(({ Labels }) => Labels[LABEL] !== exerciseId)
    .flatMap(({ Labels, NetworkSettings }) =>
      Object.values(NetworkSettings?.Networks ?? {}).map(({ IPAddress }) => ({
        name: [LABEL, LABEL_TEAM, LABEL_SERVICE].map((label) => Labels[label]).join('/'),
        address: IPAddress,
      })),
    )
    .filter(({ address }) => address !== '')
    .slice(0, MOST_STRANGERS)
}
