import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import type { Backend } from './backend.ts'
import { lockFolder } from './folder-lock.ts'
import { applyMigrations } from './migrations.ts'
import { errorCode, StoreProblem } from './problem.ts'
import { SyncedNodeFS } from './synced-node-fs.ts'

/** The format of the data folder: what wrote it must read it, and `kilp dump` moves it on. */
const PIN = { format: 1, pglite: pgliteVersion() } as const

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

  const fs = new SyncedNodeFS(database)
  const pglite = new PGlite({ fs, startParams })
  await pglite.waitReady
  const reader = drizzle(pglite)
  await applyMigrations(reader, folder, (config) => migrate(reader, config))
  if (isNew) {
    writeFileSync(pinFile(folder), `${JSON.stringify(PIN)}\n`)
    fs.syncAll()
    rmSync(unfinished)
  }
  return {
    place: folder,
    reader,
    syncs: () => fs.syncs,
    async write(work) {
      try {
        return await work(reader)
      } catch (error) {
        throw problemOf(folder, error)
      }
    },
    async close() {
      if (!pglite.closed) await pglite.close()
      release()
    },
  }
}

const pinFile = (folder: string) => join(folder, 'version.json')

function checkPin(folder: string): void {
  const found = guarded(
    folder,
    () => JSON.parse(readFileSync(pinFile(folder), 'utf8')) as Partial<typeof PIN>,
  )
  if (found.format === PIN.format && found.pglite === PIN.pglite) return
  throw new StoreProblem(
    'other-version',
    `${folder} was written by format ${found.format} with PGlite ${found.pglite}; this is format ${PIN.format} with PGlite ` +
      `${PIN.pglite}. Run kilp dump with the version that wrote it, then kilp restore here into an empty folder.`,
  )
}

function pgliteVersion(): string {
  const manifest = join(import.meta.resolve('@electric-sql/pglite'), '../../package.json')
  const { version } = JSON.parse(readFileSync(new URL(manifest), 'utf8')) as { version: string }
  return version
}

/** Says at once, and in plain words, what would otherwise be an abort inside the database. */
function makeWritable(folder: string): void {
  const trial = join(folder, `trial-${process.pid}`)
  guarded(folder, () => {
    if (existsSync(folder) && !statSync(folder).isDirectory())
      throw new StoreProblem('not-a-folder', `${folder} is not a folder. Set KILP_DATA to a folder.`)
    mkdirSync(folder, { recursive: true })
    // As much as the database's next write-ahead segment part needs: an almost full disk is found here too.
    writeFileSync(trial, Buffer.alloc(1 << 20))
    rmSync(trial)
  })
}

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
      return new StoreProblem(
        'full',
        `No space left for ${folder}. Free some (about 200 MB), or set KILP_DATA elsewhere.`,
        error,
      )
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StoreProblem(
        'not-writable',
        `${folder} can not be written by this user (or is on a read-only disk). Change its owner, or set KILP_DATA elsewhere.`,
        error,
      )
    case 'ENOTDIR':
    case 'EEXIST':
      return new StoreProblem('not-a-folder', `${folder} is not a folder. Set KILP_DATA to a folder.`, error)
    default:
      return error
  }
}
