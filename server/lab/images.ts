import type { ServiceSpec } from '../engine/ports/loaded-scenario.ts'
import { type ContainerEngine, EngineNotFound, findEngine } from '../range/engine-api/docker.ts'
import { ensureBase } from '../range/images/base-image.ts'
import { ensureImages } from '../range/images/images.ts'
import { spreadImages } from '../range/swarm/spread.ts'
import { engineOf } from './engine-process.ts'
import type { LabPlan } from './plan.ts'
import { LabProblem } from './problem.ts'
import type { Tell } from './tell.ts'

/** Where images are built: this machine's engine, since nothing can be fetched inside of a lab. */
interface Builder {
  /** Folder. */
  readonly infra: string
  /** Folder of downloads. */
  readonly cache: string
}

/** The base image for every node: with it a node can run what only needs Node. Says so where this machine has no engine to build it. */
export async function bringBase(plan: LabPlan, { infra, cache }: Builder, tell: Tell): Promise<void> {
  const own = await ownEngine()
  if (!own)
    return tell("this machine has no container engine that could build Kilp's images: the nodes have none")
  const base = await ensureBase(own, infra, cache, tell)
  await spreadImages(own, await receiversIn(plan), [base], tell)
}

/** The images of a scenario's services for the manager, who spreads them. @throws LabProblem where this machine has no engine */
export async function bringServices(
  plan: LabPlan,
  { infra, cache }: Builder,
  services: readonly ServiceSpec[],
  tell: Tell,
): Promise<void> {
  const own = await ownEngine()
  if (!own) throw new LabProblem("This machine has no container engine that could build Kilp's images")
  const { base, tags } = await ensureImages(own, { infra, cache, services }, (_, __, what) => tell(what))
  await spreadImages(own, (await receiversIn(plan)).slice(0, 1), [base, ...Object.values(tags)], tell)
}

const receiversIn = ({ nodes }: LabPlan) =>
  Promise.all(nodes.map(async (node) => ({ name: node.name, docker: await engineOf(node) })))

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
