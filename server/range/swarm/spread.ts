import { BuildFailure, followBuild } from '../engine-api/build.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { reason } from '../log.ts'
import { pullFrom, pushTo, type Registry } from './registry.ts'

/** Where images go to. */
export interface Receiver {
  readonly name: string
  readonly docker: ContainerEngine
}

/** The client can, its types do not know. */
type ManyImages = ContainerEngine & {
  getImages(of: { names: readonly string[] }): Promise<NodeJS.ReadableStream & { destroy(): void }>
}

const idOf = async (docker: ContainerEngine, tag: string): Promise<string | null> =>
  docker
    .getImage(tag)
    .inspect()
    .then(
      ({ Id }) => Id,
      (error: { statusCode?: number }) => {
        if (error.statusCode === 404) return null
        throw error
      },
    )

/**
 * Brings images from the engine that built them to all nodes that have not the very same, told by their digest; to all of them at once, and what they share once to each. Through a registry where there is
 * one, else over the platform. Rejects with `BuildFailure`, which names the node.
 */
export async function spreadImages(
  from: ContainerEngine,
  receivers: readonly Receiver[],
  tags: readonly string[],
  tell: (line: string) => void,
  registry: Registry | null = null,
): Promise<void> {
  const ids = new Map<string, string | null>()
  for (const tag of tags) ids.set(tag, await idOf(from, tag))
  const pushed = new Map<string, Promise<void>>()
  const push = (tag: string, to: Registry) => {
    const known = pushed.get(tag) ?? pushTo(from, to, tag)
    pushed.set(tag, known)
    return known
  }
  let done = 0
  const ended = await Promise.allSettled(
    receivers.map(async ({ name, docker }) => {
      const missing: string[] = []
      for (const tag of tags) if ((await idOf(docker, tag)) !== ids.get(tag)) missing.push(tag)
      if (missing.length > 0) {
        tell(`${missing.length} images to ${name}`)
        if (registry === null) await carry(from, docker, missing)
        else
          for (const tag of missing) {
            await push(tag, registry)
            await pullFrom(docker, registry, tag)
          }
      }
      tell(`images are on ${name} (${++done} of ${receivers.length} machines)`)
    }),
  )
  for (const [at, end] of ended.entries())
    if (end.status === 'rejected')
      throw new BuildFailure(`the images did not reach ${receivers[at]?.name}`, reason(end.reason))
}

async function carry(from: ContainerEngine, to: ContainerEngine, tags: readonly string[]): Promise<void> {
  const archive = await (from as ManyImages).getImages({ names: tags })
  try {
    const answer = await to.loadImage(archive, { quiet: true })
    const failure = await followBuild(to, answer, () => {})
    if (failure !== null) throw new Error(failure)
  } finally {
    archive.destroy()
  }
}
