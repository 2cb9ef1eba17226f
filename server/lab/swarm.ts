import { setTimeout as sleep } from 'node:timers/promises'
import type { ContainerEngine } from '../range/engine-api/docker.ts'
import { NODE_LABEL } from '../range/swarm/nodes.ts'
import type { LabNode } from './plan.ts'
import { LabProblem } from './problem.ts'

const PORT = 2377
const READY_WITHIN_MS = 60_000

interface SwarmNode {
  readonly ID: string
  readonly Version: { readonly Index: number }
  readonly Spec: { readonly Labels?: Readonly<Record<string, string>> }
  readonly Description?: { readonly Hostname?: string }
  readonly Status?: { readonly State?: string }
}

const at = (address: string) => ({
  ListenAddr: `${address}:${PORT}`,
  AdvertiseAddr: address,
  DataPathAddr: address,
})

/** Makes a swarm with this node as its manager. Resolves with the token by which others join. */
export async function beginSwarm(engine: ContainerEngine, { address }: LabNode): Promise<string> {
  await engine.swarmInit(at(address))
  const { JoinTokens } = (await engine.swarmInspect()) as { readonly JoinTokens: { readonly Worker: string } }
  return JoinTokens.Worker
}

export async function joinSwarm(
  engine: ContainerEngine,
  node: LabNode,
  manager: LabNode,
  token: string,
): Promise<void> {
  const RemoteAddrs = [`${manager.address}:${PORT}`]
  await engine.swarmJoin({ ...at(node.address), RemoteAddrs, JoinToken: token })
}

/** What the manager says of each node, by its name: `ready`, `down`, `unknown`. */
export async function swarmStates(manager: ContainerEngine): Promise<ReadonlyMap<string, string>> {
  const nodes = await swarmNodes(manager)
  return new Map(
    nodes.map(({ Description, Status }) => [Description?.Hostname ?? '', Status?.State ?? 'unknown']),
  )
}

const swarmNodes = async (manager: ContainerEngine) => (await manager.listNodes()) as readonly SwarmNode[]

/** Labels every node for the range, once the manager has heard of it. */
export async function labelNodes(manager: ContainerEngine, nodes: readonly LabNode[]): Promise<void> {
  await ready(manager, nodes)
  for (const { ID, Version, Spec } of await swarmNodes(manager))
    await manager.getNode(ID).update({
      version: Version.Index,
      ...Spec,
      Labels: { ...Spec.Labels, [NODE_LABEL]: 'true' },
    })
}

/** Resolves when the manager says of all these nodes that they are ready. @throws LabProblem with what it says else */
export async function ready(manager: ContainerEngine, nodes: readonly LabNode[]): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS
  for (;;) {
    const states = await swarmStates(manager)
    const not = nodes.filter(({ name }) => states.get(name) !== 'ready')
    if (not.length === 0) return
    if (Date.now() > until)
      throw new LabProblem(
        `Not ready after ${READY_WITHIN_MS / 1000} s: ${not.map(({ name }) => `${name} is ${states.get(name) ?? 'not known'}`).join(', ')}`,
      )
    await sleep(250)
  }
}
