import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type { MovedChanges } from '../../exercise/ledger/machine-events.ts'
import { bounded } from '../bounded.ts'
import { restartAppIn } from '../enclave/restart-app.ts'
import type { ContainerEngine } from '../engine-api/docker.ts'
import { execIn } from '../engine-api/exec.ts'
import { containerName } from '../labels.ts'
import { type RangeLog, reason } from '../log.ts'

/** What lies in every service's container and belongs to its team: its sources with their history. */
const SOURCES = '/srv/app'
/** More than sources and their history take. */
const LARGEST_BYTES = 32 * 2 ** 20
const AT_ONCE = 4

export interface SavedOf {
  /** Where copies are kept, a file for each service of each team. */
  readonly folder: string
  readonly exerciseId: string
  readonly log: RangeLog
}

const fileOf = ({ folder, exerciseId }: SavedOf, team: string, service: string) =>
  join(folder, exerciseId, team, `${service}.tar.gz`)

/**
 * Keeps a copy of the sources, with the git history in them, of each service that its team has changed: as the engine packs them, so that no tool in the container is asked, and what is not committed is
 * in it too. What can not be read now stays as it was saved before. Never rejects.
 */
export async function saveChanges(
  of: SavedOf,
  docker: ContainerEngine,
  team: string,
  services: readonly string[],
): Promise<void> {
  await bounded(services, AT_ONCE, async (service) => {
    try {
      const container = docker.getContainer(containerName(of.exerciseId, team, service))
      const changed = ((await container.changes()) ?? []) as readonly { readonly Path: string }[]
      if (!changed.some(({ Path }) => Path.startsWith(`${SOURCES}/`))) return
      const file = fileOf(of, team, service)
      await mkdir(join(file, '..'), { recursive: true, mode: 0o700 })
      const archive = await container.getArchive({ path: SOURCES })
      const part = `${file}.part`
      const whole = pipeline(
        archive,
        atMost(LARGEST_BYTES),
        createGzip(),
        createWriteStream(part, { mode: 0o600 }),
      )
      await whole.catch(async (error: unknown) => {
        await rm(part, { force: true })
        throw error
      })
      await rename(part, file)
    } catch (error) {
      of.log.warn({ team, service }, `changes are not saved: ${reason(error)}`)
    }
  })
}

/** Puts what was saved into the services of a new enclave, whose containers nobody has touched yet. Resolves with what went with it. */
export async function restoreChanges(
  of: SavedOf,
  docker: ContainerEngine,
  team: string,
  services: readonly string[],
): Promise<readonly MovedChanges[]> {
  const moved: MovedChanges[] = []
  await bounded(services, AT_ONCE, async (service) => {
    const file = fileOf(of, team, service)
    const savedWall = await stat(file).then(
      ({ mtimeMs }) => Math.round(mtimeMs),
      () => null,
    )
    if (savedWall === null) return
    const container = containerName(of.exerciseId, team, service)
    try {
      const { exitCode, stderr, error } = await execIn(docker, {
        container,
        command: ['find', SOURCES, '-mindepth', '1', '-delete'],
        user: 'root',
        deadlineMs: 20_000,
      })
      if (exitCode !== 0) throw new Error(error ?? stderr)
      const archive = createReadStream(file).pipe(createGunzip())
      await docker.getContainer(container).putArchive(archive, { path: join(SOURCES, '..') })
      await restartAppIn(docker, container)
      moved.push({ service, savedWall })
    } catch (error) {
      of.log.warn({ team, service }, `changes are not restored: ${reason(error)}`)
      moved.push({ service, savedWall: null })
    }
  })
  return moved
}

/** Forgets what was saved of an exercise. */
export const forgetChanges = ({ folder, exerciseId }: SavedOf): Promise<void> =>
  rm(join(folder, exerciseId), { recursive: true, force: true })

function atMost(bytes: number): Transform {
  let seen = 0
  return new Transform({
    transform(chunk: Buffer, _, done) {
      seen += chunk.length
      done(seen > bytes ? new Error(`its sources are larger than ${bytes / 2 ** 20} MiB`) : null, chunk)
    },
  })
}
