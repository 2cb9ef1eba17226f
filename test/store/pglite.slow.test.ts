import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import { eventLog } from '../../server/store/log.ts'
import { openPglite } from '../../server/store/pglite-backend.ts'
import { openStore, type Store } from '../../server/store/store.ts'
import { note } from './contract.ts'

// The first start of a database takes seconds, and more on a busy machine.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 30_000 })

const root = mkdtempSync(join(tmpdir(), 'kilp-pglite-'))
afterAll(() => rmSync(root, { recursive: true }))

/** A process that appends one event after the other and tells each position once it is acknowledged. */
async function startAppender(dataDir: string): Promise<{ child: ChildProcess; acknowledged: number[] }> {
  const child = fork(join(import.meta.dirname, 'appender.ts'), [dataDir], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const acknowledged: number[] = []
  child.on('message', (position) => acknowledged.push(Number(position)))
  await once(child, 'message')
  return { child, acknowledged }
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'close')
}

describe('PGlite on disk', () => {
  const dataDir = join(root, 'data')
  let store: Store | null = null
  const close = async () => {
    await store?.close()
    store = null
  }
  beforeEach(close)
  afterAll(close)

  it('nobody else on the machine can read it: the keys that sign seats are in there, also in a folder that was open', async () => {
    const folder = join(root, 'open-to-all')
    mkdirSync(folder, { mode: 0o755 })
    const backend = await openPglite(folder)
    await backend.close()
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('syncs to disk before an append is acknowledged', async () => {
    const backend = await openPglite(dataDir)
    const log = eventLog(backend)
    for (let position = 0; position < 50; position += 1) {
      const before = backend.syncs()
      await log.append('synced', position, [note('x')], 1)
      expect(backend.syncs()).toBeGreaterThan(before)
    }
    await log.close()
  })

  it('loses no acknowledged event to kill -9, and takes over the dead process’s lock', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { child, acknowledged } = await startAppender(dataDir)
      await expect.poll(() => acknowledged.length, { timeout: 30_000 }).toBeGreaterThan(20 + round * 17)
      await kill(child)
      store = await openStore({ dataDir })
      const last = acknowledged.at(-1) ?? 0
      const kept = await readAll(store, 'appended')
      expect(kept.length).toBeGreaterThanOrEqual(last)
      expect(kept.map((event) => event.position)).toEqual(kept.map((_, i) => i + 1))
      await close()
    }
  })

  it('is never taken from a live process, and names it', async () => {
    const { child } = await startAppender(dataDir)
    try {
      await expect(openStore({ dataDir })).rejects.toMatchObject({
        code: 'locked',
        message: expect.stringContaining(`process ${child.pid}.`),
      })
    } finally {
      await kill(child)
    }
  })

  it('lets one of several processes take over a dead one’s lock', async () => {
    const { child } = await startAppender(dataDir)
    await kill(child)
    const contenders = Array.from({ length: 4 }, () =>
      fork(join(import.meta.dirname, 'appender.ts'), [dataDir], {
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      }),
    )
    const results = await Promise.all(
      contenders.map((each) =>
        Promise.race([
          once(each, 'message').then(() => 'has it'),
          once(each, 'exit').then(([code]) => `exit ${code}`),
        ]),
      ),
    )
    await Promise.all(contenders.filter((each) => each.exitCode === null).map(kill))
    expect(results.toSorted()).toEqual(['exit 3', 'exit 3', 'exit 3', 'has it'])
  })

  it('takes over a lock that a loss of power left empty, or whose pid another process has now', async () => {
    store = await openStore({ dataDir })
    await close()
    const folder = `${dataDir}.lock`
    const [number = ''] = readdirSync(folder)
    writeFileSync(join(folder, number), '')
    store = await openStore({ dataDir })
    await close()
    const [next = ''] = readdirSync(folder)
    const held = JSON.parse(readFileSync(join(folder, next), 'utf8')) as object
    writeFileSync(join(folder, next), JSON.stringify({ ...held, pid: process.ppid, released: false }))
    store = await openStore({ dataDir })
    await close()
    expect(readdirSync(folder)).toHaveLength(1)
  })

  it('starts anew when the very first start was killed half way', async () => {
    const half = join(root, 'half')
    mkdirSync(join(half, 'db', 'base'), { recursive: true })
    writeFileSync(join(half, 'db', 'PG_VERSION'), '18\n')
    writeFileSync(join(half, 'unfinished'), '')
    store = await openStore({ dataDir: half })
    await store.append('ex-1', 0, [note('a')], 1)
    await close()
    expect(readdirSync(half).toSorted()).toEqual(['db', 'reserve', 'version.json'])
  })

  it('refuses a folder that another version wrote', async () => {
    const pin = join(dataDir, 'version.json')
    const content = readFileSync(pin, 'utf8')
    writeFileSync(pin, content.replace(/"pglite":"[^"]+"/, '"pglite":"0.1.2"'))
    await expect(openStore({ dataDir })).rejects.toMatchObject({
      code: 'other-version',
      message: expect.stringMatching(/0\.1\.2.*kilp dump/),
    })
    writeFileSync(pin, content)
    store = await openStore({ dataDir })
  })

  it('refuses a schema that a newer Kilp wrote', async () => {
    store = await openStore({ dataDir })
    await store.backend.write((database) =>
      database.execute(
        `insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', 9999999999999)`,
      ),
    )
    await close()
    await expect(openStore({ dataDir })).rejects.toMatchObject({ code: 'other-version' })
  })

  it('says so when the data folder is a file', async () => {
    const file = join(root, 'file')
    writeFileSync(file, '')
    await expect(openStore({ dataDir: file })).rejects.toMatchObject({ code: 'not-a-folder' })
    await expect(openStore({ dataDir: join(file, 'below') })).rejects.toMatchObject({ code: 'not-a-folder' })
  })
})

async function readAll(store: Store, exerciseId: string): Promise<readonly Recorded[]> {
  return store.read(exerciseId, 0, 1_000_000)
}
