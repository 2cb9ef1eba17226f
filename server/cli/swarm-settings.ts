import { join } from 'node:path'
import type { SwarmSettings } from '../range/swarm/swarm.ts'
import { UserError } from './user-error.ts'

const PORT = 4620

/** On which machines enclaves stand: null for that of the engine alone, else on the nodes of the Swarm of which the engine is a manager. @throws UserError */
export function swarmSettings(
  env: NodeJS.ProcessEnv,
  dataDir: string,
  asked: boolean | undefined,
): SwarmSettings | null {
  const range = env.KILP_RANGE || 'engine'
  if (range !== 'engine' && range !== 'swarm')
    throw new UserError(
      `KILP_RANGE is "${range}": give swarm for all nodes of a Docker Swarm, or engine for the one machine`,
    )
  if (!asked && range !== 'swarm') return null
  const port = Number(env.KILP_AGENT_PORT || PORT)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new UserError(
      `KILP_AGENT_PORT is "${env.KILP_AGENT_PORT}": give a port that is free on every node, from 1 to 65535`,
    )
  return { folder: join(dataDir, 'swarm'), port, registry: registryOf(env.KILP_REGISTRY) }
}

/** A host with a dot or a port, and folders behind it, as image names begin with. */
const REGISTRY = /^(localhost|[a-z0-9-]+(\.[a-z0-9-]+)+|[a-z0-9-]+(?=:))(:\d{1,5})?(\/[a-z0-9._-]+)*$/

function registryOf(text: string | undefined): string | null {
  if (!text) return null
  if (REGISTRY.test(text)) return text
  throw new UserError(
    `KILP_REGISTRY is "${text}": give a container registry as image names begin with it, as registry.example:5000/range`,
  )
}
