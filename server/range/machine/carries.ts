import type { ContainerEngine } from '../engine-api/docker.ts'
import { LABEL, LABEL_SERVICE, LABEL_TEAM, SENSOR } from '../labels.ts'

/** Containers that a core carries with all looks at their intervals, and what each takes of the memory: measured with 3, 8 and 24 enclaves of 17 containers. */
const CONTAINERS_PER_CORE = 80
const MIB_PER_CONTAINER = 32
/** For the machine itself, the engine and the platform. */
const RESERVE_MIB = 1_024

export interface Size {
  readonly cores: number
  readonly memoryMiB: number
}

/** Pure: how many enclaves of `inEnclave` containers a machine carries beside `others` containers. */
export function carriedEnclaves({ cores, memoryMiB }: Size, inEnclave: number, others: number): number {
  const containers = Math.min(
    cores * CONTAINERS_PER_CORE,
    Math.max(0, memoryMiB - RESERVE_MIB) / MIB_PER_CONTAINER,
  )
  return Math.max(0, Math.floor((containers - others) / inEnclave))
}

/** Pure: what an enclave of so many containers takes of a machine, as it is reserved where a scheduler places it. */
export const enclaveNeeds = (inEnclave: number): Size => ({
  cores: inEnclave / CONTAINERS_PER_CORE,
  memoryMiB: inEnclave * MIB_PER_CONTAINER,
})

/** The same of the engine's machine, beside what runs there of Kilp's. Sensors are within what was measured: one takes half of a percent of a core and 25 MiB. */
export async function enclavesCarried(docker: ContainerEngine, inEnclave: number): Promise<number> {
  const { NCPU, MemTotal } = (await docker.info()) as { NCPU: number; MemTotal: number }
  const all = await docker.listContainers({ filters: { label: [LABEL, LABEL_TEAM, LABEL_SERVICE] } })
  const others = all.filter(({ Labels }) => Labels[LABEL_SERVICE] !== SENSOR)
  return carriedEnclaves({ cores: NCPU, memoryMiB: MemTotal / 2 ** 20 }, inEnclave, others.length)
}
