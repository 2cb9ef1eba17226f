import { bounded } from '../bounded.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { removeHostRules } from '../isolation/guard.ts'
import { IMAGE_OWNER, LABEL, LABEL_HOME, LABEL_TEAM, ownedBy } from '../labels.ts'
import { AT_ONCE } from './execute.ts'

export interface Removed {
  readonly containers: number
  readonly networks: number
  readonly images: number
  /** Names of networks that the engine would not give up although no container uses them: engine 20.10 can lose count of endpoints. */
  readonly stuck: readonly string[]
}

const TRIES = 6
const TRY_AGAIN_MS = 400

const ignoreGone = (error: unknown): void => {
  const status = (error as { statusCode?: number }).statusCode
  if (status !== 404 && status !== 409) throw error
}

/** Removes containers and networks that this installation (`home`) made for exercises not in `keep`: what a crash left behind. */
export async function sweep(
  docker: ContainerEngine,
  owner: { readonly home: string; readonly keep: readonly string[] },
): Promise<Removed> {
  return removeOwned(docker, [`${LABEL_HOME}=${owner.home}`], (exercise) => !owner.keep.includes(exercise))
}

/** Removes every container and network of one exercise; with `teams` the enclaves of its other teams stay. */
export function removeExercise(
  docker: ContainerEngine,
  exerciseId: string,
  teams?: readonly string[],
): Promise<Removed> {
  return removeOwned(
    docker,
    [ownedBy(exerciseId)],
    (_, team) => team === undefined || (teams?.includes(team) ?? true),
  )
}

/**
 * For `kilp down`: every container and network with our label, the host rule once no enclave is left, and with `images` every image of ours.
 * `home` narrows it to one installation (then the rule stays while others have enclaves).
 */
export async function removeAll(
  docker: ContainerEngine,
  options: { readonly images: boolean; readonly home?: string; readonly tell?: (what: string) => void },
): Promise<Removed> {
  const labels = options.home ? [`${LABEL_HOME}=${options.home}`] : [LABEL]
  const removed = await removeOwned(docker, labels, (owner) => owner !== IMAGE_OWNER)
  options.tell?.(`${removed.containers} containers and ${removed.networks} networks removed`)
  const left = await docker.listNetworks({ filters: { label: [LABEL] } })
  const images = await docker.listImages({ filters: { label: [LABEL] } })
  const helper = images.flatMap((image) => image.RepoTags ?? []).find((tag) => tag.startsWith('kilp-base:'))
  if (left.length === 0 && helper) {
    await removeHostRules(docker, { image: helper, exerciseId: 'down', home: options.home ?? 'down' })
    options.tell?.('host rule removed')
  }
  if (!options.images) return removed
  const count = await removeImages(docker)
  options.tell?.(`${count} images removed`)
  return { ...removed, images: count }
}

async function removeOwned(
  docker: ContainerEngine,
  label: readonly string[],
  mine: (exercise: string, team: string | undefined) => boolean,
): Promise<Removed> {
  const filters = { label: [LABEL, ...label] }
  const containers = (await docker.listContainers({ all: true, filters })).filter((one) =>
    mine(one.Labels[LABEL] ?? '', one.Labels[LABEL_TEAM]),
  )
  await bounded(containers, AT_ONCE, async ({ Id }) => {
    await docker.getContainer(Id).remove({ force: true, v: true }).catch(ignoreGone)
  })
  const networks = (await docker.listNetworks({ filters })).filter((one) =>
    mine(one.Labels?.[LABEL] ?? '', one.Labels?.[LABEL_TEAM]),
  )
  const stuck: string[] = []
  await bounded(networks, AT_ONCE, async ({ Id, Name }) => {
    if (!(await removeNetwork(docker, Id))) stuck.push(Name)
  })
  return { containers: containers.length, networks: networks.length - stuck.length, images: 0, stuck }
}

/** False when it is still in use after some tries: a container's endpoint may go a moment after the container. */
async function removeNetwork(docker: ContainerEngine, id: string): Promise<boolean> {
  for (let turn = 0; turn < TRIES; turn++) {
    try {
      await docker.getNetwork(id).remove().catch(ignoreGone)
      return true
    } catch (error) {
      if ((error as { statusCode?: number }).statusCode !== 403) throw error
      await new Promise((wake) => setTimeout(wake, TRY_AGAIN_MS))
    }
  }
  return false
}

/** Ours by label; a build that failed left untagged ones. Children go before parents, so a few rounds may be needed. */
async function removeImages(docker: ContainerEngine): Promise<number> {
  const stopped = await docker.listContainers({
    all: true,
    filters: { label: [ownedBy(IMAGE_OWNER)], status: ['created', 'exited', 'dead'] },
  })
  await bounded(stopped, AT_ONCE, async ({ Id }) => {
    await docker.getContainer(Id).remove({ force: true, v: true }).catch(ignoreGone)
  })
  let count = 0
  for (let round = 0; round < 10; round++) {
    const images = await docker.listImages({ filters: { label: [LABEL] } })
    let progress = 0
    for (const { Id, RepoTags } of images) {
      const tags = (RepoTags ?? []).filter((tag) => tag !== '<none>:<none>')
      for (const name of tags.length > 0 ? tags : [Id])
        await docker
          .getImage(name)
          .remove({ force: false })
          .then(() => progress++)
          .catch(ignoreGone)
    }
    count += progress
    if (progress === 0) break
  }
  return count
}
