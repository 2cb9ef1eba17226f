import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { findEngine } from '../../server/range/engine-api/docker.ts'

export interface ContainerLoad {
  readonly service: string
  /** Memory without what the kernel keeps of files. */
  readonly bytes: number
  /** CPU time since its start, ns. */
  readonly cpuNs: number
}

/** CPU seconds of a process so far (Linux). */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (
    (Number(fields[11]) + Number(fields[12])) /
    Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))
  )
}

/** What each running container of an exercise uses, as the engine counts it. Always in the same order. */
export async function loadOf(exerciseId: string): Promise<readonly ContainerLoad[]> {
  const { docker } = await findEngine()
  const list = await docker.listContainers({ filters: { label: [`kilp=${exerciseId}`] } })
  return Promise.all(
    list
      .toSorted((a, b) => a.Id.localeCompare(b.Id))
      .map(async ({ Id, Labels }) => {
        const stats = (await docker.getContainer(Id).stats({ stream: false })) as {
          memory_stats: { usage: number; stats?: Record<string, number> }
          cpu_stats: { cpu_usage: { total_usage: number } }
        }
        const cache =
          stats.memory_stats.stats?.total_inactive_file ?? stats.memory_stats.stats?.inactive_file ?? 0
        return {
          service: Labels['kilp.service'] ?? '',
          bytes: stats.memory_stats.usage - cache,
          cpuNs: stats.cpu_stats.cpu_usage.total_usage,
        }
      }),
  )
}

export const MiBOf = (load: readonly ContainerLoad[]): number =>
  load.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 20

/** CPU seconds of the probes, or of all services, so far. */
export const secondsOf = (load: readonly ContainerLoad[], probes: boolean): number =>
  load.reduce((sum, { service, cpuNs }) => sum + ((service === 'probe') === probes ? cpuNs : 0), 0) / 1e9
