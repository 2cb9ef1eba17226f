import type { RangeCore } from '../core.ts'
import type { ContainerPlan, DeployPlan } from '../enclave/deploy-plan.ts'
import { parentOf } from '../enclave/execute.ts'
import type { Where } from '../engine-api/helper.ts'
import { reason } from '../log.ts'
import { liftMemory, shareMemory } from './team-groups.ts'

const MIB = 2 ** 20
/** The platform's own: probes and the reference. */
const ours = ({ share }: ContainerPlan) => 'weight' in share

/** Names of the control groups that the teams of a plan get. */
async function groupsOf({ docker }: RangeCore, plan: DeployPlan): Promise<readonly string[]> {
  const { CgroupDriver = '' } = (await docker.info()) as { CgroupDriver?: string }
  const names = plan.containers.flatMap((container) => {
    const parent = ours(container) ? undefined : parentOf(CgroupDriver, container.share).CgroupParent
    return parent?.split('/').at(-1) ?? []
  })
  return [...new Set(names)]
}

/** Before containers are made: what an earlier exercise left in their groups holds nobody. */
export async function freeMemory(core: RangeCore, where: Where, plan: DeployPlan): Promise<void> {
  await guarded(core, async () => liftMemory(core.docker, where, await groupsOf(core, plan)))
}

/**
 * Once all containers stand: where the machine has less memory than all may take, each team is held to its part of it. Where that can not be, it is said, and the limits of
 * the containers hold alone.
 */
export async function holdMemory(core: RangeCore, where: Where, plan: DeployPlan): Promise<void> {
  // Of an exercise that is taken up again only the reference is made: the limits of its teams stand.
  if (plan.containers.every(ours)) return
  const kept = plan.containers.filter(ours).reduce((sum, { memoryMiB }) => sum + memoryMiB * MIB, 0)
  await guarded(core, async () => {
    const held = await shareMemory(core.docker, where, kept, await groupsOf(core, plan))
    if (!held)
      return core.say?.(
        'No memory limit for each team: those of its containers hold alone. kilp doctor says more',
      )
    const [least] = held
      .filter(({ limit, wants }) => limit < wants)
      .map(({ limit }) => limit / MIB)
      .sort((a, b) => a - b)
    if (least !== undefined)
      core.say?.(
        `The machine has less memory than all containers may take: each team gets ${least} MiB of it`,
      )
  })
}

/** A limit less is no reason to end a deploy. */
async function guarded(core: RangeCore, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    core.log.warn({ exerciseId: core.exerciseId }, `memory of teams: ${reason(error)}`)
  }
}
