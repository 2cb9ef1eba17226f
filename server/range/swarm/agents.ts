import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { LABEL, LABEL_HOME } from '../labels.ts'
import type { Credentials } from './certificates.ts'
import { RANGE_NODE } from './nodes.ts'

/** On what belongs to the agents: services, secrets and configurations of Swarm. */
const AGENT = 'agent'
/** Where every engine of a Swarm listens. */
const SOCKET = '/var/run/docker.sock'
/** Hash of all that the agents are made of. */
const LABEL_MADE_OF = 'kilp.made-of'

export interface AgentSettings {
  readonly home: string
  readonly infra: string
  /** The base image: Node is in it, and every node has it. */
  readonly image: string
  readonly port: number
  readonly credentials: Credentials
}

interface Kept {
  readonly ID: string
  readonly Spec?: { readonly Name?: string; readonly Labels?: Readonly<Record<string, string>> }
}

/** What finds all that belongs to an installation's agents. */
const ownedBy = (home: string) => ({
  filters: { label: [`${LABEL}=${AGENT}`, `${LABEL_HOME}=${home}`] },
})

export const agentName = (home: string): string => `kilp-agent-${home}`

/**
 * Sees to it that one agent runs on each node of the range: a global service of Swarm, its certificates Swarm's secrets, its program one of Swarm's configurations. What stands
 * already, made of the same, is left alone (false); else it is made anew and what it was made of before goes. Rejects when the manager refuses.
 */
export async function ensureAgents(manager: ContainerEngine, settings: AgentSettings): Promise<boolean> {
  const { home, image, port, credentials } = settings
  const program = await readFile(join(settings.infra, 'agent/src/main.ts'), 'utf8')
  const parts = { ca: credentials.ca, cert: credentials.agent.cert, key: credentials.agent.key }
  const made = createHash('sha256')
    .update(JSON.stringify([parts, program, image, port]))
    .digest('hex')
    .slice(0, 12)
  const [standing] = await manager.listServices(ownedBy(home))
  if (standing?.Spec?.Labels?.[LABEL_MADE_OF] === made) return false
  const Labels = { [LABEL]: AGENT, [LABEL_HOME]: home, [LABEL_MADE_OF]: made }
  const [secretsBefore, configsBefore] = await keptOf(manager, home)
  const kept = async (name: string, text: string, secret: boolean) => {
    const Name = `${agentName(home)}-${made}-${name}`
    const known = (secret ? secretsBefore : configsBefore).find(({ Spec }) => Spec?.Name === Name)
    if (known) return { id: known.ID, Name }
    const spec = { Name, Labels, Data: Buffer.from(text).toString('base64') }
    const { id } = await (secret ? manager.createSecret(spec) : manager.createConfig(spec))
    return { id: id as string, Name }
  }
  const secrets = [
    ['ca.pem', parts.ca],
    ['agent.pem', parts.cert],
    ['agent-key.pem', parts.key],
  ] as const
  const Secrets = []
  for (const [file, text] of secrets) {
    const { id, Name } = await kept(file, text, true)
    Secrets.push({ SecretID: id, SecretName: Name, File: { Name: file, UID: '0', GID: '0', Mode: 0o400 } })
  }
  const config = await kept('agent.ts', program, false)
  const spec = {
    Name: agentName(home),
    Labels,
    Mode: { Global: {} },
    TaskTemplate: {
      ContainerSpec: {
        Image: image,
        Command: ['/usr/local/bin/node', '--max-old-space-size=64', '/srv/agent.ts'],
        Env: [`AGENT_PORT=${port}`],
        ReadOnly: true,
        CapabilityDrop: ['ALL'],
        HealthCheck: { Test: ['NONE'] },
        Mounts: [{ Type: 'bind' as const, Source: SOCKET, Target: SOCKET }],
        Secrets,
        Configs: [
          {
            ConfigID: config.id,
            ConfigName: config.Name,
            File: { Name: '/srv/agent.ts', UID: '0', GID: '0', Mode: 0o444 },
          },
        ],
      },
      Placement: { Constraints: [RANGE_NODE] },
      Networks: [{ Target: 'host' }],
      Resources: { Limits: { MemoryBytes: 192 * 2 ** 20 } },
      RestartPolicy: { Condition: 'any', Delay: 1_000_000_000 },
    },
    UpdateConfig: { Parallelism: 0, Order: 'stop-first' },
  }
  if (standing) {
    const { Version } = await manager.getService(standing.ID).inspect()
    await manager.getService(standing.ID).update({ version: Version.Index, ...spec })
  } else await manager.createService(spec)
  const used = new Set([...Secrets.map(({ SecretID }) => SecretID), config.id])
  await forget(
    manager,
    secretsBefore.filter(({ ID }) => !used.has(ID)),
    configsBefore.filter(({ ID }) => !used.has(ID)),
  )
  return true
}

/** Whether an installation has agents on the Swarm. */
export async function agentsStand(manager: ContainerEngine, home: string): Promise<boolean> {
  return (await manager.listServices(ownedBy(home))).length > 0
}

/** Takes the agents of an installation away, with their secrets. */
export async function removeAgents(manager: ContainerEngine, home: string): Promise<void> {
  for (const { ID } of await manager.listServices(ownedBy(home))) await manager.getService(ID).remove()
  const [secrets, configs] = await keptOf(manager, home)
  await forget(manager, secrets, configs)
}

const keptOf = async (
  manager: ContainerEngine,
  home: string,
): Promise<readonly [readonly Kept[], readonly Kept[]]> => [
  (await manager.listSecrets(ownedBy(home))) as readonly Kept[],
  (await manager.listConfigs(ownedBy(home))) as readonly Kept[],
]

/** One that a task which is just ending still uses stays until the next time. */
async function forget(
  manager: ContainerEngine,
  secrets: readonly Kept[],
  configs: readonly Kept[],
): Promise<void> {
  const all = [
    ...secrets.map(({ ID }) => manager.getSecret(ID)),
    ...configs.map(({ ID }) => manager.getConfig(ID)),
  ]
  for (const one of all) await one.remove().catch(() => {})
}
