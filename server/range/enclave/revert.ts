import type { RangeCore } from '../core.ts'
import { containerName } from '../labels.ts'
import type { Share } from './deploy-plan.ts'
import { createContainer, startContainer } from './execute.ts'
import { planOf } from './impose.ts'

/** What stands beside a container that is about to take its place. */
const nextName = (name: string): string => `${name}-next`

/**
 * Puts a service back to its start state: a container is made from the image that the present one came from, which has what the scenario plants in it, and takes its place and
 * addresses. The new one is there before the old one goes, so that no crash leaves an enclave without it; done again it goes on from where it was.
 */
export async function revertService(core: RangeCore, team: string, service: string): Promise<void> {
  const { docker, exerciseId } = core
  const name = containerName(exerciseId, team, service)
  const next = nextName(name)
  const old = await idOf(core, name)
  if (old !== null) {
    const left = await idOf(core, next)
    if (left !== null) await docker.getContainer(left).remove({ force: true, v: true })
    const { Image, HostConfig } = await docker.getContainer(old).inspect()
    const plan = await planOf(core, team, service)
    const share = shareOf(HostConfig.CgroupParent) ?? plan.share
    await createContainer(docker, { ...plan, share, name: next, image: Image })
    core.stillOpen()
    await docker.getContainer(old).remove({ force: true, v: true })
  }
  const made = await idOf(core, next)
  if (made !== null) await docker.getContainer(made).rename({ name })
  await startContainer(docker, name).catch((error: { statusCode?: number }) => {
    if (error.statusCode !== 304) throw error
  })
}

/** The control group of its team: in a plan of what stands teams may be in another order than when they were deployed. */
function shareOf(parent: string | undefined): Share | null {
  const group = /(team\w+?)(\.slice)?$/.exec(parent ?? '')?.[1]
  return group ? { group } : null
}

async function idOf({ docker }: RangeCore, name: string): Promise<string | null> {
  try {
    return (await docker.getContainer(name).inspect()).Id
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return null
    throw error
  }
}
