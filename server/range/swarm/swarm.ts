import { BuildFailure } from '../engine-api/build.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { type NodeEngine, openNodeEngine } from '../engine-api/node-engine.ts'
import { ensureBase } from '../images/base-image.ts'
import { agentProblem } from './agent-problem.ts'
import { ensureAgents } from './agents.ts'
import type { Credentials } from './certificates.ts'
import { credentialsIn } from './credentials.ts'
import { nodesOf, type SwarmNode } from './nodes.ts'
import { nameIn, pushTo, type Registry } from './registry.ts'

/** How a range uses a Swarm. */
export interface SwarmSettings {
  /** Where the certificates of this installation are kept. */
  readonly folder: string
  /** Port of the agents on the nodes. */
  readonly port: number
  /** Through which images reach the nodes; null: over the platform. */
  readonly registry: Registry | null
}

export interface PlayingNode extends SwarmNode {
  readonly engine: NodeEngine
}

/** The nodes that carry enclaves, and the line to the engine of each. */
export interface Swarm {
  readonly manager: ContainerEngine
  /** Of the agents on the nodes. */
  readonly port: number
  readonly registry: Registry | null
  /**
   * The agents run, and of each node it is known whether it answers: one may be away, also for the whole time of this platform. `all`: before anything is placed, each that Swarm calls ready has
   * answered once; agents that were just made are always waited for so. Rejects with `BuildFailure` where one does not. One that answered and went is not waited for: Swarm calls it
   * ready for some time after that.
   */
  nodes(asked?: 'all'): Promise<readonly PlayingNode[]>
  /** All that are known, also those that are away. */
  all(): readonly PlayingNode[]
  /** What is known of a node without asking anybody. */
  known(id: string): PlayingNode | undefined
  /** Hears when a node goes and when it is back. Returns the function that ends it. */
  onChange(call: (node: PlayingNode, away: boolean) => void): () => void
  /** Lets go of all nodes. */
  close(): void
}

/** Whether a node does not answer now. */
export const isAway = ({ engine }: Pick<PlayingNode, 'engine'>): boolean => engine.awaySince() !== null

const ANSWERS_WITHIN_MS = 60_000
const LOOK_MS = 500

export function openSwarm(options: {
  readonly manager: ContainerEngine
  readonly home: string
  readonly infra: string
  readonly cache: string
  readonly settings: SwarmSettings
  readonly say: (line: string) => void
}): Swarm {
  const { manager, home, infra, settings } = options
  const playing = new Map<string, PlayingNode>()
  const listeners = new Set<(node: PlayingNode, away: boolean) => void>()
  /** Nodes whose agents have answered. */
  const met = new Set<string>()
  let prepared: Promise<{ readonly own: Credentials; readonly made: boolean }> | null = null

  const prepare = async () => {
    const image = await ensureBase(manager, infra, options.cache, options.say)
    const credentials = await credentialsIn(settings.folder)
    const { port, registry } = settings
    if (registry) await pushTo(manager, registry, image)
    const from = registry ? nameIn(registry, image) : image
    const made = await ensureAgents(manager, { home, infra, image: from, port, credentials })
    return { own: credentials, made }
  }
  const ready = () => {
    prepared ??= prepare()
    // What failed is tried anew by whoever asks next.
    prepared.catch(() => {
      prepared = null
    })
    return prepared
  }
  const add = (node: SwarmNode, own: Credentials): PlayingNode => {
    const known = playing.get(node.id)
    if (known && known.address === node.address) {
      const now = { ...node, engine: known.engine }
      playing.set(node.id, now)
      return now
    }
    known?.engine.close()
    const engine = openNodeEngine({ host: node.address, port: settings.port }, own, (away) => {
      const now = playing.get(node.id)
      if (now?.engine === engine) for (const call of listeners) call(now, away)
    })
    const added = { ...node, engine }
    playing.set(node.id, added)
    return added
  }
  return {
    manager,
    port: settings.port,
    registry: settings.registry,
    async nodes(asked) {
      const { own, made } = await ready()
      const all = (await nodesOf(manager)).map((node) => add(node, own))
      if (!all.some((node) => node.ready))
        throw new BuildFailure(
          'no node of the Swarm carries enclaves',
          'Label those that shall: docker node update --label-add kilp.range=true NODE',
        )
      await Promise.all(
        all
          .filter(({ id }) => !met.has(id))
          .map(async (node) => {
            const must = node.ready && (made || asked === 'all')
            if (await answers(manager, home, node, settings.port, must)) met.add(node.id)
          }),
      )
      return all
    },
    all: () => [...playing.values()],
    known: (id) => playing.get(id),
    onChange(call) {
      listeners.add(call)
      return () => listeners.delete(call)
    },
    close() {
      for (const { engine } of playing.values()) engine.close()
    },
  }
}

/** Whether the engine of a node answers through its agent; where it `must`, rejects when it does not within a minute. */
async function answers(
  manager: ContainerEngine,
  home: string,
  { id, name, address, engine }: PlayingNode,
  port: number,
  must: boolean,
): Promise<boolean> {
  const since = performance.now()
  for (;;) {
    const why = await engine.docker.ping().then(
      () => null,
      (error: Error) => error.message,
    )
    const away = isAway({ engine })
    if (why === null && !away) return true
    if (!must && away) return false
    const problem = must ? await agentProblem(manager, home, id) : null
    if (problem?.lasting || performance.now() - since > ANSWERS_WITHIN_MS)
      throw new BuildFailure(
        `the agent on ${name} does not answer at ${address}:${port}`,
        problem?.text ??
          `It runs there. The platform must reach that address and port (a firewall between them?): ${why}`,
      )
    await new Promise((wake) => setTimeout(wake, LOOK_MS))
  }
}
