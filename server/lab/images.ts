import { type ContainerEngine, EngineNotFound, findEngine } from '../range/engine-api/docker.ts'
import { IMAGE_OWNER, LABEL } from '../range/labels.ts'
import { spreadImages } from '../range/swarm/spread.ts'
import { engineOf } from './engine-process.ts'
import type { LabPlan } from './plan.ts'
import type { Tell } from './tell.ts'

interface Image {
  readonly RepoTags?: readonly string[] | null | undefined
  readonly Created: number
}

const BASE = 'kilp-base:'

/** Pure: of each of Kilp's images the newest. */
export function newestOf(images: readonly Image[]): readonly string[] {
  const newest = new Map<string, string>()
  for (const { RepoTags } of images.toSorted((a, b) => a.Created - b.Created))
    for (const tag of RepoTags ?? []) if (tag.startsWith('kilp-')) newest.set(tag.split(':')[0] ?? '', tag)
  return [...newest.values()]
}

/**
 * Nothing can be fetched inside of a lab: what this machine's engine has of Kilp's images goes to the manager, and the base to every node. Says so where there is none.
 */
export async function bringImages({ nodes }: LabPlan, tell: Tell): Promise<void> {
  const own = await ownEngine()
  const tags = own ? newestOf(await own.listImages({ filters: { label: [`${LABEL}=${IMAGE_OWNER}`] } })) : []
  if (!own || tags.length === 0)
    return tell(
      "this machine's engine has no image of Kilp for the lab: run npm start once, then make the lab anew",
    )
  const receivers = await Promise.all(
    nodes.map(async (node) => ({ name: node.name, docker: await engineOf(node) })),
  )
  await spreadImages(own, receivers.slice(0, 1), tags, tell)
  const bases = tags.filter((tag) => tag.startsWith(BASE))
  await spreadImages(own, receivers.slice(1), bases, tell)
}

/** This machine's own, whatever engine the shell is told to use. */
async function ownEngine(): Promise<ContainerEngine | null> {
  const { DOCKER_HOST: _, ...env } = process.env
  return findEngine(env).then(
    ({ docker }) => docker,
    (error: unknown) => {
      if (error instanceof EngineNotFound) return null
      throw error
    },
  )
}
