import type { RangeCore } from '../core.ts'
import type { Where } from '../engine-api/helper.ts'
import { LABEL, LABEL_SERVICE, LABEL_TEAM } from '../labels.ts'
import { inEnclaveOf } from './in-enclave.ts'
import {
  type KernelSettings,
  kernelSettings,
  type Low,
  needsOf,
  raiseSettings,
  sysctlLine,
  tooLow,
} from './limits.ts'

/**
 * Before containers are made: raises the kernel's limits on the engine's machine to what they need, with those that other exercises have there, and says
 * so. Where that is not allowed it says what to run, and the deploy goes on: it may just fit.
 */
export async function makeRoom(core: RangeCore, where: Where, enclaves: number): Promise<KernelSettings> {
  const { docker, spec } = core
  const others = (await docker.listContainers({ filters: { label: [LABEL] } })).filter(
    ({ Labels }) => Labels[LABEL_TEAM] && Labels[LABEL_SERVICE],
  )
  const settings = await kernelSettings(docker, where)
  const low = tooLow(settings.has, needsOf(others.length + enclaves * inEnclaveOf(spec)))
  if (low.length === 0) return settings
  const still = await raiseSettings(docker, where, low)
  const raised = low.filter((one) => !still.includes(one))
  if (raised.length > 0) core.say?.(`Raised on the engine's machine: ${raised.map(change).join(', ')}`)
  if (still.length > 0)
    core.say?.(
      `The engine's machine may not carry this: ${still.map(({ setting, is }) => `${setting} is ${is}`).join(', ')}. Run there as root: ${sysctlLine(still)}`,
    )
  return settings
}

const change = ({ setting, is, needs }: Low): string => `${setting} ${is} to ${needs}`

/** Why containers of one network do not reach one another although nothing keeps them apart; null when that is not it. */
export async function crowdedOut(
  core: RangeCore,
  where: Where,
  before: KernelSettings,
): Promise<string | null> {
  const now = await kernelSettings(core.docker, where)
  if (now.neighbourFailures <= before.neighbourFailures) return null
  const all = await core.docker.listContainers({ filters: { label: [LABEL] } })
  const needs = needsOf(all.length)
  return `the kernel's neighbour table on the engine's machine is full (net.ipv4.neigh.default.gc_thresh3 is ${now.has['net.ipv4.neigh.default.gc_thresh3']}). Run there as root: ${sysctlLine(tooLow(now.has, needs))}`
}
