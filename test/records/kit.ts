import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { onTestFinished } from 'vitest'
import type { Sample } from '../../server/engine/ports/ports.ts'
import { FOLD_HASH } from '../../server/engine/snapshots/fold-hash.ts'
import type { Stored } from '../../server/exercise/ledger/upcast.ts'
import { openFile } from '../../server/records/archive.ts'
import { installationKey } from '../../server/records/seal.ts'
import { verifyExport } from '../../server/records/verify.ts'
import { type ExportOf, prepareExport } from '../../server/records/write-export.ts'
import type { Backend, Database } from '../../server/store/backend.ts'
import { exerciseRows } from '../../server/store/exercise-rows.ts'
import { eventLog } from '../../server/store/log.ts'
import { applyMigrations } from '../../server/store/migrations.ts'
import { events } from '../../server/store/schema.ts'
import type { Store } from '../../server/store/store.ts'
import { goldenFile } from '../exercise/golden-views.ts'
import { emptyDatabase } from '../kit/lite-pool.ts'

/** A store over an embedded database of its own, without the locks and syncs of the real one. Gone when it is closed. */
export async function openLightStore(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'kilp-store-'))
  cpSync(await emptyDatabase(), folder, { recursive: true })
  const pglite = await PGlite.create(folder)
  const own = drizzle(pglite)
  // Tests get drizzle's types from another copy of its declarations than the server.
  const reader = own as unknown as Database
  await applyMigrations(reader, 'memory', (config) => migrate(own, config))
  const backend: Backend = {
    place: 'memory',
    reader,
    write: (work) => work(reader),
    tidy: async () => {},
    freeBytes: async () => null,
    close: async () => {
      await pglite.close()
      rmSync(folder, { recursive: true })
    },
  }
  return { ...eventLog(backend), ...exerciseRows(backend), backend }
}

/** A golden ledger as its file has it, whatever version wrote it. */
export const goldenStored = (name: string): readonly Stored[] =>
  readFileSync(goldenFile(`${name}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Stored)

/** The same with a seat for white, observers and guests from the beginning. */
export function withSeats([first, ...rest]: readonly Stored[]): readonly Stored[] {
  if (!first) return []
  const seats = ['white', 'observer', 'guest'].map((seat): Stored => {
    const data = { seatId: seat, seat, team: null, label: seat }
    return { ...first, type: 'seat.issued', version: 1, data }
  })
  return [first, ...seats, ...rest].map((stored, at) => ({ ...stored, position: at + 1 }))
}

/** Puts events as they are under an exercise. */
export async function fill(store: Store, exerciseId: string, ledger: readonly Stored[]): Promise<void> {
  await store.backend.write((database) =>
    database
      .insert(events)
      .values(ledger.map((stored) => ({ ...stored, data: stored.data as object, exerciseId }))),
  )
}

export const aSample = (ms: number): Sample => ({
  at: 10 * ms,
  wall: 1_700_000_000_000 + ms,
  team: 'saareke',
  service: 'tax',
  journey: 'file',
  verdict: 'broken',
  ms,
  evidence: { step: '1: http GET /', sent: 'õ 漢字', received: 'nul \u0000 and \ud800', expected: '200', ms },
})

/** A recording of a terminal, in two parts. */
export const A_CAST = ['{"version":2,"width":80,"height":24}\n', '[0.5,"o","õ 漢"]\n'].map((text, part) => ({
  ...{ cast: 't-7', terminal: 't-7', team: 'saareke', part, text },
  bytes: Buffer.byteLength(text),
}))

/** A folder that is gone after the test. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kilp-records-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An export of an exercise of the store. */
export async function exported(
  store: Store,
  exerciseId: string,
  more: Partial<ExportOf> = {},
): Promise<Buffer> {
  const prepared = await prepareExport({
    log: store,
    exerciseId,
    key: await installationKey(store),
    now: 1_800_000_000_000,
    version: '0.1.0',
    foldHash: FOLD_HASH,
    pages: null,
    scenarioFiles: async () => ({ ok: false, why: 'its folder is not known' }),
    scratch: tmpdir(),
    ...more,
  })
  const bytes = await buffer(prepared.chunks())
  await prepared.drop()
  return bytes
}

/** What `kilp verify` finds in these bytes. */
export async function verified(bytes: Buffer, path = join(scratch(), 'export.tar')) {
  await writeFile(path, bytes)
  const file = await openFile(path)
  try {
    return await verifyExport(file, FOLD_HASH)
  } finally {
    await file.close()
  }
}
