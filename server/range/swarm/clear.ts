import { type Cleared, clear } from '../enclave/clear.ts'
import { ignoreGone } from '../enclave/sweep.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { openNodeEngine } from '../engine-api/node-engine.ts'
import { agentName, removeAgents } from './agents.ts'
import { readCredentials } from './credentials.ts'
import { sweepKeepers } from './keepers.ts'
import { nodesOf } from './nodes.ts'
import type { SwarmSettings } from './swarm.ts'

/** What was removed of a Swarm's nodes. `away`: names of those that could not be asked, on which something may be left. */
export interface SwarmCleared {
  readonly cleared: readonly Cleared[]
  readonly away: readonly string[]
}

/** For `kilp down`: what an installation has on the nodes of a Swarm, then its places and agents. Null where it never used one. */
export async function clearSwarm(
  manager: ContainerEngine,
  home: string,
  settings: SwarmSettings,
): Promise<SwarmCleared | null> {
  const credentials = await readCredentials(settings.folder)
  if (!credentials) return null
  const cleared: Cleared[] = []
  const away: string[] = []
  for (const { name, address } of await nodesOf(manager)) {
    const engine = openNodeEngine({ host: address, port: settings.port }, credentials, () => {})
    try {
      cleared.push(await clear(engine.docker, home))
      await removeEndedAgents(engine.docker, home)
    } catch {
      away.push(name)
    } finally {
      engine.close()
    }
  }
  await sweepKeepers(manager, home, [])
  // Agents are still needed where something was left behind: the next time.
  if (away.length === 0) await removeAgents(manager, home)
  return { cleared, away }
}

/** Swarm keeps a task that ended, as of a node that was away, for some time, and forgets it with its service: its container would stay. */
async function removeEndedAgents(docker: ContainerEngine, home: string): Promise<void> {
  const filters = {
    label: [`com.docker.swarm.service.name=${agentName(home)}`],
    status: ['created', 'exited', 'dead'],
  }
  for (const { Id } of await docker.listContainers({ all: true, filters }))
    await docker.getContainer(Id).remove({ force: true, v: true }).catch(ignoreGone)
}
