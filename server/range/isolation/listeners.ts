import type { ContainerEngine } from '../engine-api/docker.ts'
import { type Helper, startHelper, type Where } from '../engine-api/helper.ts'
import { LISTEN } from './isolation-scripts.ts'
import type { Spot, Spots } from './targets.ts'

/** Listeners of ours outside every enclave, while proofs run. */
export interface Listeners {
  readonly spots: Spots
  close(): Promise<void>
}

/**
 * Opens the listeners and makes sure that they answer where they may be reached. `all`: also beyond the host, for which the engine gives the host a
 * new interface (browsers on it may take that for another network).
 */
export async function openListeners(
  docker: ContainerEngine,
  where: Where,
  reach: 'host' | 'all' = 'all',
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
    const beyond = reach === 'all' ? await open('bridge', []) : undefined
    const host = await open(
      'host',
      (beyond?.addresses ?? []).map((address) => `${address}:${beyond?.port}`),
    )
    return { spots: beyond ? { host, beyond } : { host }, close }
  } catch (error) {
    await close()
    throw error
  }
}
