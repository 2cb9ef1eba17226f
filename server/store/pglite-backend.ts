import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import type { Backend } from './backend.ts'
import { lockFolder } from './folder-lock.ts'
import { applyMigrations } from './migrations.ts'
import { driverError, errorCode, StoreProblem } from './problem.ts'
import { openReserve } from './reserve.ts'
import { SyncedNodeFS } from './synced-node-fs.ts'

/** The format of the data folder: what wrote it must read it, and `kilp dump` moves it on. */
const PIN = { format: 1, pglite: pgliteVersion() } as const

/** An empty database takes 40 MB, and its first log segments. */
const NEW_BYTES = 64 << 20

/** `-F` is PGlite's way to turn every sync off. */
const startParams = [
  ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
  '-c',
  'wal_sync_method=fsync',
]

export interface PgliteBackend extends Backend {
  /** Files synced to disk so far. */
  syncs(): number
}

/**
 * PGlite in `<dataDir>/db`, locked, synced at every commit and pinned to the version that wrote it.
 * @throws StoreProblem when the folder is in use, not writable, full, damaged or of another version.
 */
export async function openPglite(dataDir: string): Promise<PgliteBackend> {
  const folder = resolve(dataDir)
  makeWritable(folder)
  const lock = guarded(folder, () => lockFolder(folder))
  try {
    return await openLocked(folder, lock.release)
  } catch (error) {
    lock.release()
    throw problemOf(folder, error)
  }
}

async function openLocked(folder: string, release: () => void): Promise<PgliteBackend> {
  const database = join(folder, 'db')
  const unfinished = join(folder, 'unfinished')
  // A first start that was killed leaves half a database, in which nothing was ever acknowledged.
  if (existsSync(unfinished)) rmSync(database, { recursive: true, force: true })
  const isNew = !existsSync(database)
  if (isNew) writeFileSync(unfinished, '')
  else checkPin(folder)

  const reserve = openReserve(folder)
  const fs = new SyncedNodeFS(database)
  const pglite = await start(database, fs)
  const reader = drizzle(pglite)
  await applyMigrations(reader, folder, (config) => migrate(reader, config))
  if (isNew) {
    writeFileSync(pinFile(folder), `${JSON.stringify(PIN)}\n`)
    fs.syncAll()
    rmSync(unfinished)
  }
  reserve.refill()
  return {
    place: folder,
    reader,
    syncs: () => fs.syncs,
    async write(work) {
      try {
        // Not left to the database: where it can not begin the next file of its log, it never comes back (seen), and the platform with it.
        if (!reserve.room()) throw fullDisk(folder)
        return await work(reader)
      } catch (error) {
        throw problemOf(folder, error)
      }
    },
    async freeBytes() {
      reserve.refill()
      const { bavail, bsize } = await statfs(folder)
      return bavail * bsize
    },
    tidy: async (table) => void (await reader.execute(sql`vacuum ${table}`)),
    async close() {
      if (!pglite.closed) await pglite.close()
      release()
    },
  }
}

/** PGlite throws whatever it dies of, be it an error or not. */
async function start(database: string, fs: SyncedNodeFS): Promise<PGlite> {
  try {
    const pglite = new PGlite({ fs, startParams })
    await pglite.waitReady
    return pglite
  } catch (error) {
    const why = error instanceof Error ? error.message : JSON.stringify(error)
    throw new StoreProblem(
      'damaged',
      `The database in ${database} does not start (${why}). Move it away and restore the last kilp dump.`,
      error,
    )
  }
}

const pinFile = (folder: string) => join(folder, 'version.json')

function checkPin(folder: string): void {
  const file = pinFile(folder)
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'nothing that says so'
  if (found === JSON.stringify(PIN)) return
  throw new StoreProblem(
    'other-version',
    `${folder} was written by ${found}; this is ${JSON.stringify(PIN)}. Run kilp dump with the version that wrote it, then ` +
      'kilp restore here into an empty folder.',
  )
}

function pgliteVersion(): string {
  const manifest = join(import.meta.resolve('@electric-sql/pglite'), '../../package.json')
  const { version } = JSON.parse(readFileSync(new URL(manifest), 'utf8')) as { version: string }
  return version
}

/** Says at once, and in plain words, what would otherwise be an abort inside the database. */
function makeWritable(folder: string): void {
  const trial = join(folder, 'trial')
  guarded(folder, () => {
    if (existsSync(folder) && !statSync(folder).isDirectory())
      throw new StoreProblem('not-a-folder', `${folder} is not a folder. Set KILP_DATA to a folder.`)
    mkdirSync(folder, { recursive: true })
    keepPrivate(folder)
    writeFileSync(trial, Buffer.alloc(1 << 20))
    rmSync(trial, { force: true })
    const { bavail, bsize } = statfsSync(folder)
    if (!existsSync(join(folder, 'version.json')) && bavail * bsize < NEW_BYTES) throw fullDisk(folder)
  })
}

/** The keys that sign seats are in there: nobody else on this machine may read or change them, whatever the database gives its files. */
function keepPrivate(folder: string): void {
  try {
    chmodSync(folder, 0o700)
  } catch (error) {
    // Somebody else's folder, lent to us: they have said who may read it.
    if (errorCode(error) !== 'EPERM') throw error
  }
}

const fullDisk = (folder: string, cause?: unknown) =>
  new StoreProblem(
    'full',
    `No space left for ${folder}. Free some (about 200 MB), or set KILP_DATA elsewhere.`,
    cause,
  )

function guarded<T>(folder: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw problemOf(folder, error)
  }
}

function problemOf(folder: string, error: unknown): unknown {
  if (error instanceof StoreProblem) return error
  switch (errorCode(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case '53100':
      return fullDisk(folder, error)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    // What mkdir says of a new folder on a read-only disk.
    case 'ENOENT':
      return new StoreProblem(
        'not-writable',
        `${folder} can not be written by this user (or is on a read-only disk). Change its owner, or set KILP_DATA elsewhere.`,
        error,
      )
    case 'ENOTDIR':
    case 'EEXIST':
      return new StoreProblem('not-a-folder', `${folder} is not a folder. Set KILP_DATA to a folder.`, error)
    default:
      return driverError(error)
  }
}
