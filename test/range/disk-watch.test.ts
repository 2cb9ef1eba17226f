import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { DiskNews } from '../../server/engine/ports/range-news.ts'
import type { RangeCore } from '../../server/range/core.ts'
import { silent } from '../../server/range/log.ts'
import { watchDisk } from '../../server/range/share/disk-watch.ts'

const MiB = 2 ** 20
const GiB = 2 ** 30

/** A container of an engine that says what it is told to. */
interface Container {
  /** In bytes; `never` where the engine does not come to an end with it. */
  size: number | 'never'
  running: boolean
  /** Bytes in a second, of which `size` and the disk say nothing. */
  writes: (atMs: number) => number
  /** How often starting it fails. */
  refuses: number
}

/** An engine of containers `TEAM/SERVICE`, with a disk of which `left` bytes are free. */
function world(names: readonly string[], left: number, teamMiB?: number) {
  const containers = new Map<string, Container>(
    names.map((name) => [name, { size: 0, running: true, writes: () => 0, refuses: 0 }]),
  )
  const did: string[] = []
  const tried: string[] = []
  const news: DiskNews[] = []
  const disk = { bytes: left, files: 1e6 }
  const of = (id: string) => {
    const container = containers.get(id)
    if (!container) throw Object.assign(new Error('no such container'), { statusCode: 404 })
    return container
  }
  const started = performance.now()
  const docker = {
    listContainers: async () =>
      [...containers].map(([Id, { running }]) => {
        const [team, service] = Id.split('/')
        return {
          Id,
          State: running ? 'running' : 'exited',
          Labels: { 'kilp.team': team, 'kilp.service': service },
        }
      }),
    getContainer: (id: string) => ({
      inspect: () => {
        const { size } = of(id)
        return size === 'never' ? new Promise(() => {}) : Promise.resolve({ SizeRw: size })
      },
      infoArchive: async () => null,
      stats: async () => {
        const now = performance.now() - started
        let written = 0
        for (let at = 0; at < now; at += 100) written += of(id).writes(at) / 10
        return { blkio_stats: { io_service_bytes_recursive: [{ op: 'Write', value: written }] } }
      },
      kill: async () => {
        did.push(`kill ${id}`)
        of(id).running = false
      },
      start: async () => {
        tried.push(id)
        const container = of(id)
        if (container.refuses-- > 0) throw new Error('no space left on device')
        did.push(`start ${id}`)
        container.running = true
      },
    }),
  }
  const core = { docker, exerciseId: 'x', log: silent, link: () => ({ disk: () => ({ ...disk }) }) }
  const teams = [...new Set(names.map((name) => name.split('/')[0] ?? ''))]
  const watch = watchDisk(
    core as unknown as RangeCore,
    { teams: () => teams, away: () => false, ...(teamMiB !== undefined && { teamMiB }) },
    (one) => news.push(one),
  )
  return { containers, of, did, tried, news, disk, close: () => watch.close() }
}

/** So long it is looked; `each` is what the disk loses in a tenth of a second. */
async function pass(ms: number, { disk }: { readonly disk: { bytes: number } }, each = 0) {
  for (let at = 0; at < ms; at += 100) {
    disk.bytes -= each
    await vi.advanceTimersByTimeAsync(100)
  }
}

let its: ReturnType<typeof world>
beforeEach(() => void vi.useFakeTimers())
afterEach(async () => {
  const closed = its.close()
  // What it began comes to its end.
  await vi.advanceTimersByTimeAsync(30_000)
  await closed
  vi.useRealTimers()
})

describe('a container that could not be started again', () => {
  test('is tried again until it can, and keeps no other team’s from being stopped', async () => {
    its = world(['a/tax', 'b/tax', 'b/eid'], 50 * GiB, 1_000)
    its.of('a/tax').size = 2 * GiB
    its.of('b/tax').size = 3 * GiB
    its.of('a/tax').refuses = 2
    await pass(1_000, its)
    expect(its.did).toEqual(['kill a/tax', 'kill b/tax', 'start b/tax'])
    await pass(10_000, its)
    expect(its.did).toEqual(['kill a/tax', 'kill b/tax', 'start b/tax', 'start a/tax'])
    // Two strikes of one service differ in their numbers, whatever else is the same.
    expect(new Set(its.news.map(({ strike }) => strike)).size).toBe(2)
  })
  test('is let be where it is gone', async () => {
    its = world(['a/tax'], 50 * GiB, 1_000)
    its.of('a/tax').size = 2 * GiB
    its.of('a/tax').refuses = 1
    await pass(1_000, its)
    its.containers.delete('a/tax')
    await pass(10_000, its)
    expect(its.did).toEqual(['kill a/tax'])
    expect(its.tried).toHaveLength(2)
  })
})

describe('what a team may hold', () => {
  test('is not less after a restart of the platform: what teams hold already counts', async () => {
    its = world(['a/tax', 'b/tax', 'c/tax', 'd/tax'], 8 * GiB)
    for (const container of its.containers.values()) container.size = 3 * GiB
    await pass(1_000, its)
    expect(its.news).toEqual([])
    its.of('b/tax').size = 4 * GiB + MiB
    await pass(1_500, its, 100 * MiB)
    expect(its.news).toMatchObject([{ team: 'b', allowedMiB: 4_096 }])
  })
})

describe('a container that nobody can count', () => {
  test.each([[-1], ['never']] as const)('%s: counts as over after two looks', async (size) => {
    its = world(['a/tax', 'b/tax', 'c/tax'], 50 * GiB, 1_000)
    its.of('b/tax').size = size
    await pass(5_000, its)
    expect(its.did).toEqual([])
    await pass(5_000, its, 4 * MiB)
    expect(its.did).toEqual(['kill b/tax', 'start b/tax'])
    // Its team has time to clear up.
    its.of('b/tax').size = 0
    await pass(60_000, its, 2 * MiB)
    expect(its.did).toHaveLength(2)
  })
  test('does not keep others from being counted and stopped', async () => {
    its = world(['b/tax', 'a/tax', 'c/tax'], 50 * GiB, 1_000)
    its.of('b/tax').size = 'never'
    its.of('a/tax').size = 2 * GiB
    await pass(5_000, its)
    expect(its.did).toEqual(['kill a/tax', 'start a/tax'])
  })
  test('is nobody’s fault where hardly any can be counted', async () => {
    its = world(['a/tax', 'b/tax', 'c/tax'], 50 * GiB, 1_000)
    its.of('a/tax').size = 'never'
    its.of('b/tax').size = 'never'
    await pass(30_000, its, 20 * MiB)
    expect(its.did).toEqual([])
  })
})

describe('whom nobody can count, on a disk that is short', () => {
  const names = ['a/tax', 'a/eid', 'b/tax', 'c/tax']
  test('is stopped in all its containers when it writes by far the most in two moments', async () => {
    its = world(names, 2 * GiB)
    for (const name of ['a/tax', 'a/eid']) its.of(name).writes = () => 20 * MiB
    its.of('b/tax').writes = () => 2 * MiB
    await pass(12_000, its, 4 * MiB)
    expect(its.did.slice(0, 2)).toEqual(['kill a/tax', 'kill a/eid'])
    expect(its.did.some((one) => one.includes('b/'))).toBe(false)
  })
  test('is not who writes much in one moment and nothing in the next', async () => {
    its = world(names, 2 * GiB)
    its.of('b/tax').writes = (at) => (at >= 3_000 && at < 6_000 ? 30 * MiB : 0)
    await pass(9_000, its, 3 * MiB)
    expect(its.did).toEqual([])
  })
  test('is not who writes over the same place, or what can be counted, however much', async () => {
    its = world(names, 2 * GiB)
    its.of('b/tax').writes = () => 30 * MiB
    await pass(30_000, its, MiB / 10)
    for (let n = 1; n <= 100; n++) {
      its.of('b/tax').size = n * 3 * MiB
      await pass(100, its, 3 * MiB)
    }
    expect(its.did).toEqual([])
  })
  test('is looked for also where files are short, not bytes', async () => {
    its = world(names, 50 * GiB)
    its.disk.files = 90_000
    its.of('a/tax').writes = () => 20 * MiB
    for (let n = 0; n < 12; n++) {
      its.disk.files -= 1_000
      await pass(1_000, its)
    }
    expect(its.did).toContain('kill a/tax')
  })
})
