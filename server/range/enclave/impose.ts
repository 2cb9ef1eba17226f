import type { WorldEffect } from '../../exercise/scenario/inject.ts'
import type { RangeCore } from '../core.ts'
import { containerName } from '../labels.ts'
import type { Attachment, ContainerPlan } from './deploy-plan.ts'
import { standingPlan } from './standing.ts'

/** Part of its processors that a service has left which is slowed down, and the least that an engine takes. */
const SLOW_PART = 0.05
const LEAST_NANO_CPUS = 1e7
/** What a power cut leaves for a clean end, in seconds. */
const STOP_WITHIN_S = 1

/** Does to a service's container what a world event does. It is done by the engine, never through anything of the team's. Idempotent. */
export async function impose(
  core: RangeCore,
  team: string,
  service: string,
  effect: WorldEffect,
): Promise<void> {
  const container = core.docker.getContainer(containerName(core.exerciseId, team, service))
  if (effect === 'stop') return quietly(container.stop({ t: STOP_WITHIN_S }))
  const plan = await planOf(core, team, service)
  if (effect === 'slow')
    return void (await container.update({
      NanoCpus: Math.max(LEAST_NANO_CPUS, Math.round(plan.cpus * SLOW_PART * 1e9)),
    }))
  const { Id } = await container.inspect()
  for (const { network } of plan.attachments)
    if (await isOn(core, network, Id))
      await core.docker.getNetwork(network).disconnect({ Container: Id, Force: true })
}

/** Undoes it: the container runs again, as quick as planned, at its addresses. Idempotent. */
export async function lift(
  core: RangeCore,
  team: string,
  service: string,
  effect: WorldEffect,
): Promise<void> {
  const container = core.docker.getContainer(containerName(core.exerciseId, team, service))
  if (effect === 'stop') return quietly(container.start())
  const plan = await planOf(core, team, service)
  if (effect === 'slow') return void (await container.update({ NanoCpus: Math.round(plan.cpus * 1e9) }))
  const { Id } = await container.inspect()
  for (const attachment of plan.attachments)
    if (!(await isOn(core, attachment.network, Id))) await join(core, Id, attachment)
}

const join = ({ docker }: RangeCore, id: string, { network, address }: Attachment): Promise<void> =>
  docker
    .getNetwork(network)
    .connect({ Container: id, EndpointConfig: { IPAMConfig: { IPv4Address: address } } })

/** A container that does not run is on its networks all the same, by its own word. */
async function isOn({ docker }: RangeCore, network: string, id: string): Promise<boolean> {
  const { NetworkSettings } = await docker.getContainer(id).inspect()
  return NetworkSettings.Networks[network] !== undefined
}

/** How a service's container is planned where it stands. @throws when its enclave does not stand. */
export async function planOf(core: RangeCore, team: string, service: string): Promise<ContainerPlan> {
  const { containers } = await standingPlan(core)
  const plan = containers.find((one) => one.team === team && one.service === service)
  if (plan) return plan
  throw new Error(`the enclave of ${team} does not stand, or has no ${service}`)
}

/** The engine says 304 where there was nothing to do. */
async function quietly(asked: Promise<unknown>): Promise<void> {
  await asked.catch((error: { statusCode?: number }) => {
    if (error.statusCode !== 304) throw error
  })
}
