import { readdirSync, readFileSync } from 'node:fs'
import type { ContainerEngine } from '../../server/range/engine-api/docker.ts'
import { LABEL_HELPER, LABEL_SERVICE, LABEL_TEAM, ownedBy } from '../../server/range/labels.ts'
import { cpuSeconds } from './enclave-load.ts'

/** One container of an enclave, as the engine counts it: CPU time since its start, ns. */
export interface Spent {
  readonly service: string
  readonly id: string
  readonly cpuNs: number
}

/** Memory of a container's processes, MiB. `fair` is PSS: what several share is divided among them. */
export interface Held {
  readonly anonymous: number
  readonly fair: number
  readonly processes: number
}

/** The containers of one enclave, its ear too. Always in the same order. */
export async function spentBy(
  docker: ContainerEngine,
  exerciseId: string,
  team: string,
): Promise<readonly Spent[]> {
  const label = [ownedBy(exerciseId), `${LABEL_TEAM}=${team}`]
  const list = await docker.listContainers({ filters: { label } })
  return Promise.all(
    list
      .map(({ Id, Labels }) => ({ id: Id, service: Labels[LABEL_SERVICE] ?? Labels[LABEL_HELPER] ?? '' }))
      .toSorted((a, b) => a.service.localeCompare(b.service))
      .map(async ({ id, service }) => {
        const stats = (await docker.getContainer(id).stats({ stream: false, 'one-shot': true })) as {
          cpu_stats: { cpu_usage: { total_usage: number } }
        }
        return { id, service, cpuNs: stats.cpu_stats.cpu_usage.total_usage }
      }),
  )
}

/** What the processes of a container hold now. Linux, as root, and the engine on this machine: the kernel counts it process by process. */
export async function heldBy(docker: ContainerEngine, id: string): Promise<Held> {
  const { Titles, Processes } = (await docker.getContainer(id).top()) as {
    Titles: string[]
    Processes: string[][]
  }
  const at = Titles.indexOf('PID')
  const rolls = Processes.map((fields) => readFileSync(`/proc/${fields[at]}/smaps_rollup`, 'utf8'))
  const sum = (name: string) =>
    rolls.reduce((all, roll) => all + Number(new RegExp(`^${name}: +(\\d+) kB`, 'm').exec(roll)?.[1]), 0) /
    1024
  return { anonymous: sum('Anonymous'), fair: sum('Pss'), processes: rolls.length }
}

/** CPU seconds so far of the engine itself: its daemons, and the keepers of these containers. Not of what runs in containers. */
export function engineSeconds(ids: readonly string[]): number {
  const is = (command: readonly string[]): boolean => {
    const name = command[0]?.split('/').at(-1) ?? ''
    return (
      name === 'dockerd' ||
      name === 'containerd' ||
      (name.includes('shim') && command.some((one) => ids.includes(one)))
    )
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => ({ pid: Number(pid), command: commandOf(pid) }))
    .filter(({ command }) => is(command))
    .reduce((sum, { pid }) => sum + cpuSeconds(pid), 0)
}

function commandOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return [] // It ended meanwhile.
  }
}
