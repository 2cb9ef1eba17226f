import { randomBytes } from 'node:crypto'
import { DeployFailure } from '../../engine/ports/ports.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { LABEL, LABEL_HOME, LABEL_TEAM } from '../labels.ts'
import type { Size } from '../machine/carries.ts'
import { RANGE_NODE } from './nodes.ts'

/**
 * Placement: for each enclave one service of Swarm with one task, the keeper. It does nothing but hold the place: it reserves what the whole enclave needs, and where Swarm puts it,
 * there the enclave's networks and containers come up. Its containers bear no label of ours, so that no sweep takes them.
 */
const KEEPER = 'keeper'
const LABEL_WHAT = 'kilp.what'

export interface KeeperInput {
  readonly exerciseId: string
  readonly home: string
  readonly image: string
  readonly team: string
  readonly needs: Size
  /** Swarm's constraints of the scenario's author, and nodes that it must not be. */
  readonly constraints: readonly string[]
}

const PLACED_WITHIN_MS = 60_000
/** So long a manager may say that there is no room before it is believed: nodes report what they have now and then. */
const NO_ROOM_MS = 10_000
const LOOK_MS = 250

interface Task {
  readonly ID: string
  readonly NodeID?: string
  readonly ServiceID: string
  readonly DesiredState: string
  readonly Status: { readonly State: string; readonly Message?: string; readonly Err?: string }
}

/** An enclave on its way to another node has two. */
const keeperName = (exerciseId: string, team: string) =>
  `kilp-${exerciseId}-${team}-keeper-${randomBytes(3).toString('hex')}`
const labelsOf = ({ exerciseId, home, team }: KeeperInput) => ({
  [LABEL]: exerciseId,
  [LABEL_HOME]: home,
  [LABEL_TEAM]: team,
  [LABEL_WHAT]: KEEPER,
})

/** A place that Swarm gave. */
export interface Place {
  /** Id of the keeper's service. */
  readonly keeper: string
  /** Id of the node. */
  readonly node: string
}

/** Lets Swarm place an enclave, whatever other place it has. Rejects with `DeployFailure`, which says in Swarm's words why no node takes it. */
export async function placeEnclave(manager: ContainerEngine, input: KeeperInput): Promise<Place> {
  const { exerciseId, team, image, needs, constraints } = input
  const { id } = (await manager.createService({
    Name: keeperName(exerciseId, team),
    Labels: labelsOf(input),
    Mode: { Replicated: { Replicas: 1 } },
    TaskTemplate: {
      ContainerSpec: {
        Image: image,
        Command: ['sleep', 'infinity'],
        Init: true,
        ReadOnly: true,
        User: 'nobody',
        CapabilityDrop: ['ALL'],
        HealthCheck: { Test: ['NONE'] },
      },
      Placement: {
        Constraints: [RANGE_NODE, ...constraints],
        Preferences: [{ Spread: { SpreadDescriptor: 'node.id' } }],
      },
      Resources: {
        Reservations: {
          NanoCPUs: Math.round(needs.cores * 1e9),
          MemoryBytes: Math.round(needs.memoryMiB * 2 ** 20),
        },
      },
      RestartPolicy: { Condition: 'none' },
    },
  })) as unknown as { readonly id: string }
  try {
    return { keeper: id, node: await placed(manager, id, team) }
  } catch (error) {
    await removeKeeper(manager, id)
    throw error
  }
}

async function placed(manager: ContainerEngine, service: string, team: string): Promise<string> {
  const since = performance.now()
  let said = ''
  for (;;) {
    const [task] = await tasksOf(manager, [service])
    if (task?.Status.State === 'running' && task.NodeID) return task.NodeID
    said = task?.Status.Err || task?.Status.Message || said
    const waited = performance.now() - since
    const ended = ['rejected', 'failed', 'shutdown', 'complete'].includes(task?.Status.State ?? '')
    const noRoom = task?.Status.State === 'pending' && Boolean(task.Status.Err) && waited > NO_ROOM_MS
    if (ended || noRoom || waited > PLACED_WITHIN_MS)
      throw new DeployFailure(team, `Swarm places the enclave of team ${team} nowhere: ${said}`, '')
    await new Promise((wake) => setTimeout(wake, LOOK_MS))
  }
}

async function tasksOf(manager: ContainerEngine, service: readonly string[]): Promise<readonly Task[]> {
  return (await manager.listTasks({ filters: JSON.stringify({ service }) })) as readonly Task[]
}

const keepersOf = (manager: ContainerEngine, label: readonly string[]) =>
  manager.listServices({ filters: { label: [`${LABEL_WHAT}=${KEEPER}`, ...label] } })

/** Where the enclaves of an exercise were placed: node by team, also of nodes that are away. */
export async function placesOf(
  manager: ContainerEngine,
  exerciseId: string,
): Promise<ReadonlyMap<string, string>> {
  const services = await keepersOf(manager, [`${LABEL}=${exerciseId}`])
  if (services.length === 0) return new Map()
  const tasks = await tasksOf(
    manager,
    services.map(({ ID }) => ID),
  )
  return new Map(
    services.flatMap(({ ID, Spec }): (readonly [string, string])[] => {
      const team = Spec?.Labels?.[LABEL_TEAM]
      const node = tasks.find(({ ServiceID, NodeID }) => ServiceID === ID && NodeID)?.NodeID
      return team && node ? [[team, node]] : []
    }),
  )
}

/** Whether Swarm still keeps the place of an enclave. */
export async function holdsPlace(
  manager: ContainerEngine,
  exerciseId: string,
  team: string,
): Promise<boolean> {
  const services = await keepersOf(manager, [`${LABEL}=${exerciseId}`, `${LABEL_TEAM}=${team}`])
  const ids = services.map(({ ID }) => ID)
  return ids.length > 0 && (await tasksOf(manager, ids)).some((task) => task.DesiredState === 'running')
}

/** Gives up the places of an exercise; with `team` those of one team, but for that of the keeper `but`. */
export async function removeKeepers(
  manager: ContainerEngine,
  exerciseId: string,
  team?: string,
  but?: string,
): Promise<void> {
  const label = [`${LABEL}=${exerciseId}`, ...(team === undefined ? [] : [`${LABEL_TEAM}=${team}`])]
  for (const { ID } of await keepersOf(manager, label)) if (ID !== but) await removeKeeper(manager, ID)
}

/** Gives up what this installation placed for exercises not in `keep`. */
export async function sweepKeepers(
  manager: ContainerEngine,
  home: string,
  keep: readonly string[],
): Promise<void> {
  for (const { ID, Spec } of await keepersOf(manager, [`${LABEL_HOME}=${home}`]))
    if (!keep.includes(Spec?.Labels?.[LABEL] ?? '')) await removeKeeper(manager, ID)
}

/** Gives up one place. */
export const removeKeeper = (manager: ContainerEngine, keeper: string): Promise<void> =>
  manager
    .getService(keeper)
    .remove()
    .catch(() => {})
