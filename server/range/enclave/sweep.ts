import { bounded } from '../bounded.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { IMAGE_OWNER, LABEL, LABEL_HOME, LABEL_TEAM, ownedBy } from '../labels.ts'
import { AT_ONCE } from './execute.ts'

export interface Removed {
  readonly containers: number
  readonly networks: number
  /** Names of networks that the engine would not give up although no container uses them: engine 20.10 can lose count of endpoints. */
  readonly stuck: readonly string[]
}

type Labels = Readonly<Record<string, string>>

const TRIES = 12
const TRY_AGAIN_MS = 400

export const ignoreGone = (error: unknown): void => {
  const status = (error as { statusCode?: number }).statusCode
  if (status !== 404 && status !== 409) throw error
}

/** Whether something was made by an installation, or by one of its workbenches (`<home>-prove`). */
export const isOf = (home: string, labels: Labels | undefined): boolean => {
  const its = labels?.[LABEL_HOME] ?? ''
  return its === home || its.startsWith(`${home}-`)
}

/** Removes containers and networks that this installation (`home`) made for exercises not in `keep`: what a crash left behind. */
export async function sweep(
  docker: ContainerEngine,
  owner: { readonly home: string; readonly keep: readonly string[] },
): Promise<Removed> {
  return removeOwned(
    docker,
    [`${LABEL_HOME}=${owner.home}`],
    (labels) => !owner.keep.includes(labels[LABEL] ?? ''),
  )
}

/** Removes every container and network of one exercise; with `teams` the enclaves of its other teams stay, and unless `helpers` also what belongs to no team. */
export function removeExercise(
  docker: ContainerEngine,
  exerciseId: string,
  teams?: readonly string[],
  helpers = true,
): Promise<Removed> {
  return removeOwned(docker, [ownedBy(exerciseId)], ({ [LABEL_TEAM]: team }) =>
    team === undefined ? helpers : (teams?.includes(team) ?? true),
  )
}

/** Removes the containers and networks of Kilp that are `mine`. */
export const removeWhere = (docker: ContainerEngine, mine: (labels: Labels) => boolean): Promise<Removed> =>
  removeOwned(docker, [], (labels) => labels[LABEL] !== IMAGE_OWNER && mine(labels))

async function removeOwned(
  docker: ContainerEngine,
  label: readonly string[],
  mine: (labels: Labels) => boolean,
): Promise<Removed> {
  const filters = { label: [LABEL, ...label] }
  const containers = (await docker.listContainers({ all: true, filters })).filter((one) => mine(one.Labels))
  await bounded(containers, AT_ONCE, async ({ Id }) => {
    await docker.getContainer(Id).remove({ force: true, v: true }).catch(ignoreGone)
  })
  const networks = (await docker.listNetworks({ filters })).filter((one) => mine(one.Labels ?? {}))
  const stuck: string[] = []
  await bounded(networks, AT_ONCE, async ({ Id, Name }) => {
    if (!(await removeNetwork(docker, Id))) stuck.push(Name)
  })
  return { containers: containers.length, networks: networks.length - stuck.length, stuck }
}

/**
 * False when it is still in use after some tries. A container's endpoint may go a moment after the container, or be forgotten: then it is taken off by
 * its name.
 */
async function removeNetwork(docker: ContainerEngine, id: string): Promise<boolean> {
  const network = docker.getNetwork(id)
  for (let turn = 0; turn < TRIES; turn++) {
    try {
      await network.remove().catch(ignoreGone)
      return true
    } catch (error) {
      if ((error as { statusCode?: number }).statusCode !== 403) throw error
      if (turn > 0) await takeOffEndpoints(docker, id)
      await new Promise((wake) => setTimeout(wake, TRY_AGAIN_MS))
    }
  }
  return false
}

async function takeOffEndpoints(docker: ContainerEngine, id: string): Promise<void> {
  const network = docker.getNetwork(id)
  const { Containers = {} } = (await network.inspect().catch(ignoreGone)) ?? {}
  const names = Object.values(Containers as Readonly<Record<string, { readonly Name: string }>>)
  for (const { Name } of names) await network.disconnect({ Container: Name, Force: true }).catch(() => {})
}

/** What to do about networks that stay, for people. */
export const stuckText = (stuck: readonly string[]): string =>
  `The engine holds on to networks that nothing uses: ${stuck.join(', ')}. Restart the engine, then run \`npm run down\` (or docker network rm ${stuck.join(' ')}).`
