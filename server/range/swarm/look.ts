import type { ContainerEngine } from '../engine-api/docker.ts'
import { openNodeEngine } from '../engine-api/node-engine.ts'
import { reason } from '../log.ts'
import { lookAtMachine, type MachineLook } from '../machine/look.ts'
import { agentProblem } from './agent-problem.ts'
import { agentsStand } from './agents.ts'
import { readCredentials } from './credentials.ts'
import { allNodes } from './nodes.ts'
import type { SwarmSettings } from './swarm.ts'

/** What a look at one node of a Swarm found. */
export interface NodeLook {
  readonly id: string
  readonly name: string
  readonly labelled: boolean
  readonly ready: boolean
  /** `not yet`: this installation has started none. */
  readonly agent:
    | { readonly state: 'answers' | 'not yet'; readonly at: string }
    | { readonly state: 'silent'; readonly at: string; readonly why: string }
  /** Of its machine, where its agent answers. */
  readonly machine: MachineLook | null
}

/** Looks at all nodes from a manager; null where the engine is none. Changes nothing. */
export async function lookAtSwarm(
  manager: ContainerEngine,
  asks: {
    readonly infra: string
    readonly home: string
    readonly pool?: string
    readonly inEnclave: number
    readonly settings: SwarmSettings
  },
): Promise<readonly NodeLook[] | null> {
  const { Swarm } = (await manager.info()) as { Swarm?: { ControlAvailable?: boolean } }
  if (!Swarm?.ControlAvailable) return null
  const { home, settings } = asks
  const credentials = (await agentsStand(manager, home)) ? await readCredentials(settings.folder) : null
  return Promise.all(
    (await allNodes(manager)).map(async ({ id, name, labelled, ready, address }): Promise<NodeLook> => {
      const at = `${address}:${settings.port}`
      const known = { id, name, labelled, ready }
      if (!credentials || !labelled || !ready)
        return { ...known, agent: { state: 'not yet', at }, machine: null }
      const engine = openNodeEngine({ host: address, port: settings.port }, credentials, () => {})
      try {
        await engine.docker.ping()
        const machine = await lookAtMachine(engine.docker, { ...asks, enclaves: 1 })
        return { ...known, agent: { state: 'answers', at }, machine }
      } catch (error) {
        const problem = await agentProblem(manager, home, id)
        const why = problem?.text ?? `This machine must reach that address and port: ${reason(error)}`
        return { ...known, agent: { state: 'silent', at, why }, machine: null }
      } finally {
        engine.close()
      }
    }),
  )
}
