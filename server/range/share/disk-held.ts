import type { IncomingMessage } from 'node:http'
import { bounded } from '../bounded.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { isPlatforms, LABEL_SERVICE, LABEL_TEAM, ownedBy } from '../labels.ts'

/** What a container holds of the engine's disk. */
export interface Held {
  readonly team: string
  readonly service: string
  readonly id: string
  readonly running: boolean
  readonly bytes: number
  /** Whether the engine could count it: not below a path that is too deep for it, nor so many files in `COUNT_MS`. Else `bytes` is 0. */
  readonly counted: boolean
  /** How long the engine took to count it. */
  readonly ms: number
}

/** Files of a container that lie beside its layer on the engine's disk, and can be written from inside. */
const BESIDE = ['/etc/hosts', '/etc/hostname', '/etc/resolv.conf']
/** The engine walks over all files of a layer: two at a time leave the machine to others. */
const AT_ONCE = 2
/** Of a service's layer the engine takes some milliseconds. One with millions of files must not keep the others from being looked at. */
export const COUNT_MS = 3_000

/**
 * The containers of an exercise's teams with what each holds, as the engine counts it: nothing is asked of the containers. `before`: what was found last. A stopped one
 * that could not be counted is not walked over again.
 */
export async function heldDisk(
  docker: ContainerEngine,
  exerciseId: string,
  before: readonly Held[] = [],
): Promise<readonly Held[]> {
  const all = await docker.listContainers({ all: true, filters: { label: [ownedBy(exerciseId)] } })
  const found: Held[] = []
  await bounded(all, AT_ONCE, async ({ Id: id, Labels, State }) => {
    const [team, service] = [Labels[LABEL_TEAM], Labels[LABEL_SERVICE]]
    if (!team || !service || isPlatforms(service)) return
    const running = State === 'running'
    const known = before.find((one) => one.id === id)
    const asIs = known && !known.counted && !known.running && !running
    const since = performance.now()
    const bytes = asIs ? null : await countOf(docker, id)
    const ms = performance.now() - since
    if (bytes !== 'gone')
      found.push({ team, service, id, running, bytes: bytes ?? 0, counted: bytes !== null, ms })
  })
  return found
}

/** In bytes; null where the engine can not count it, or not in time. */
async function countOf(docker: ContainerEngine, id: string): Promise<number | null | 'gone'> {
  const ending = new AbortController()
  const late = Promise.withResolvers<null>()
  const timer = setTimeout(() => {
    late.resolve(null)
    ending.abort()
  }, COUNT_MS)
  const counted = async () => {
    const asked = { _query: { size: true }, abortSignal: ending.signal } as never
    const { SizeRw = -1 } = (await docker.getContainer(id).inspect(asked)) as unknown as {
      readonly SizeRw?: number
    }
    // The engine says -1 of what it could not walk.
    if (SizeRw < 0) return null
    let bytes = SizeRw
    for (const path of BESIDE) bytes += await sizeOf(docker, id, path)
    return bytes
  }
  try {
    return await Promise.race([counted(), late.promise])
  } catch (error) {
    return (error as { statusCode?: number }).statusCode === 404 ? 'gone' : null
  } finally {
    clearTimeout(timer)
  }
}

/** In bytes; 0 where there is no such file. */
async function sizeOf(docker: ContainerEngine, id: string, path: string): Promise<number> {
  const answer = (await docker
    .getContainer(id)
    .infoArchive({ path })
    .catch(() => null)) as IncomingMessage | null
  answer?.resume()
  const told = answer?.headers['x-docker-container-path-stat']
  if (typeof told !== 'string') return 0
  const { size } = JSON.parse(Buffer.from(told, 'base64').toString('utf8')) as { readonly size?: number }
  return typeof size === 'number' ? size : 0
}

/** What a container has to do with the disk, in bytes: what waits to be written, what went there since it started, and what went through its page cache. */
export interface Traffic {
  readonly waiting: number
  readonly written: number
  readonly cached: number
}

export async function trafficOf(docker: ContainerEngine, id: string): Promise<Traffic> {
  const asked = { stream: false, 'one-shot': true } as never
  const told = (await docker.getContainer(id).stats(asked)) as unknown as {
    readonly memory_stats?: { readonly stats?: Readonly<Record<string, number>> }
    readonly blkio_stats?: {
      readonly io_service_bytes_recursive?: readonly { readonly op: string; readonly value: number }[] | null
    }
  }
  const number = (name: string) => told.memory_stats?.stats?.[name] ?? 0
  const writes = (told.blkio_stats?.io_service_bytes_recursive ?? []).filter(({ op }) => /^write$/i.test(op))
  return {
    // The first two by control groups of the first version, the others by those of the second.
    waiting: ['total_dirty', 'total_writeback', 'file_dirty', 'file_writeback'].reduce(
      (sum, name) => sum + number(name),
      0,
    ),
    written: writes.reduce((sum, { value }) => sum + value, 0),
    cached: number('total_pgpgin') * 4_096,
  }
}
