import { bounded } from '../bounded.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { removeHostRules } from '../isolation/guard.ts'
import { IMAGE_OWNER, LABEL, LABEL_HOME, LABEL_OWNER, ownedBy } from '../labels.ts'
import { AT_ONCE } from './execute.ts'
import { ignoreGone, isOf, type Removed, removeWhere } from './sweep.ts'

/** What other installations have on the engine. */
export interface Others {
  readonly home: string
  /** Machine and data folder, as far as it was written down. */
  readonly owner: string
  readonly exercises: readonly string[]
  readonly containers: number
  readonly networks: number
}

export interface Cleared extends Removed {
  readonly others: readonly Others[]
  /** The host rules are gone; they stay while anybody has enclaves. */
  readonly rules: boolean
}

/**
 * For `kilp down`: every container and network of one installation, or with `null` of all; and the host's rules once nobody has enclaves any more.
 */
export async function clear(docker: ContainerEngine, home: string | null): Promise<Cleared> {
  const removed = await removeWhere(docker, (labels) => home === null || isOf(home, labels))
  const others = await othersOn(docker, home)
  const helper = (await imagesOf(docker)).find((tag) => /(^|\/)kilp-base:/.test(tag))
  const rules = others.length === 0 && removed.stuck.length === 0 && helper !== undefined
  if (rules) await removeHostRules(docker, { image: helper, exerciseId: 'down', home: home ?? 'down' })
  return { ...removed, others, rules }
}

async function othersOn(docker: ContainerEngine, home: string | null): Promise<readonly Others[]> {
  const filters = { label: [LABEL] }
  const containers = (await docker.listContainers({ all: true, filters })).map(({ Labels }) => ({
    labels: Labels,
    containers: 1,
    networks: 0,
  }))
  const networks = (await docker.listNetworks({ filters })).map(({ Labels }) => ({
    labels: Labels ?? {},
    containers: 0,
    networks: 1,
  }))
  const all = [...containers, ...networks].filter(
    ({ labels }) => labels[LABEL] !== IMAGE_OWNER && home !== null && !isOf(home, labels),
  )
  const homes = new Set(all.map(({ labels }) => labels[LABEL_HOME] ?? ''))
  return [...homes].map((its) => {
    const theirs = all.filter(({ labels }) => (labels[LABEL_HOME] ?? '') === its)
    return {
      home: its,
      owner: theirs.find(({ labels }) => labels[LABEL_OWNER])?.labels[LABEL_OWNER] ?? '',
      exercises: [...new Set(theirs.map(({ labels }) => labels[LABEL] ?? ''))],
      containers: theirs.reduce((sum, one) => sum + one.containers, 0),
      networks: theirs.reduce((sum, one) => sum + one.networks, 0),
    }
  })
}

/** Tags of all images of Kilp. */
export const imagesOf = async (docker: ContainerEngine): Promise<readonly string[]> =>
  (await docker.listImages({ filters: { label: [LABEL] } })).flatMap(({ RepoTags }) => RepoTags ?? [])

/**
 * Removes the images of Kilp that no container uses; all installations share them. Ours by label; a build that failed left untagged ones. Children go
 * before parents, so a few rounds may be needed. Returns how many went.
 */
export async function removeImages(docker: ContainerEngine): Promise<number> {
  const stopped = await docker.listContainers({
    all: true,
    filters: { label: [ownedBy(IMAGE_OWNER)], status: ['created', 'exited', 'dead'] },
  })
  await bounded(stopped, AT_ONCE, async ({ Id }) => {
    await docker.getContainer(Id).remove({ force: true, v: true }).catch(ignoreGone)
  })
  let removed = 0
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
    removed += progress
    if (progress === 0) break
  }
  return removed
}
