import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { keepBrought, pagesKey, readKeptPages } from '../../server/engine/platform/brought.ts'
import { writeOpenList } from '../../server/engine/platform/open-list.ts'
import { openRecordsOnly } from '../../server/engine/platform/records-only.ts'
import { takeUp } from '../../server/engine/platform/take-up.ts'
import { FOLD_HASH } from '../../server/engine/snapshots/fold-hash.ts'
import { loadSnapshot } from '../../server/engine/snapshots/snapshots.ts'
import { wallClock } from '../../server/engine/wall-clock.ts'
import type { Archive } from '../../server/records/archive.ts'
import { openFile } from '../../server/records/archive.ts'
import { pagesIn } from '../../server/records/brought.ts'
import { foreignOf } from '../../server/records/foreign.ts'
import { verifyExport } from '../../server/records/verify.ts'
import type { Store } from '../../server/store/store.ts'
import { A_CAST, aSample, exported, fill, goldenStored, openLightStore, scratch } from './kit.ts'

const ID = 'first-light'
const PAGES = { first: 'en', briefing: { en: '# The day' }, instructor: { en: 'For white.' } }
const CONTENT = Buffer.from('%PDF-1.7 a plan of the day')
const SHA = createHash('sha256').update(CONTENT).digest('hex')

let from: Store
let to: Store
beforeAll(async () => {
  ;[from, to] = await Promise.all([openLightStore(), openLightStore()])
  // One that has not ended: what would be gone on with, if anything were.
  const ledger = goldenStored('exercise-day').filter(({ type }) => type !== 'exercise.ended')
  await fill(from, ID, ledger)
  await from.addSamples(
    ID,
    Array.from({ length: 1_200 }, (_, n) => aSample(n)),
  )
  await from.saveClock(ID, { exerciseMs: 600_000.5, wall: 1_800_000_000_000 })
  const file = { sha256: SHA, name: 'plaan õ.pdf', type: 'application/pdf', bytes: CONTENT.length, wall: 5 }
  await from.keepFile(ID, { ...file, owner: '' }, CONTENT)
  await from.keepFile(ID, { ...file, owner: 'saareke' }, CONTENT)
  await from.addCasts(ID, A_CAST)
  await keepBrought(from, ID, { pages: PAGES }, 1)
})
afterAll(async () => {
  await Promise.all([from.close(), to.close()])
})

async function archiveOf(bytes: Buffer): Promise<{ readonly archive: Archive; readonly path: string }> {
  const path = join(scratch(), 'export.tar')
  writeFileSync(path, bytes)
  const file = await openFile(path)
  onTestFinished(() => file.close())
  const { archive, findings } = await verifyExport(file, FOLD_HASH)
  if (!archive) throw new Error(JSON.stringify(findings))
  return { archive, path }
}

const exportOf = (store: Store) => exported(store, ID, { pages: PAGES })
const settings = [[pagesKey(ID), PAGES]] as const

describe('an export is imported as a record', () => {
  test('all of it is there, and its export is the same ledger', async () => {
    const { archive } = await archiveOf(await exportOf(from))
    expect(await pagesIn(archive)).toEqual(PAGES)
    await to.takeIn(await foreignOf(archive, { foldHash: FOLD_HASH, settings }))
    const all = { team: 'saareke', service: 'tax', limit: 5_000 }
    expect(await to.readSamples(ID, all)).toEqual(await from.readSamples(ID, all))
    expect(await to.loadClock(ID)).toEqual(await from.loadClock(ID))
    expect(await to.filesOf(ID)).toEqual(await from.filesOf(ID))
    expect(CONTENT.equals((await to.readFile(ID, SHA)) ?? Buffer.alloc(0))).toBe(true)
    expect(await to.castsOf(ID)).toEqual(await from.castsOf(ID))
    expect((await to.readCast(ID, 't-7'))?.text).toBe(A_CAST.map(({ text }) => text).join(''))
    expect(await readKeptPages(to, ID)).toEqual(PAGES)
    // Taken for what it is by whoever goes on from it: it is of this very ledger.
    expect((await loadSnapshot(to, ID, { seat: 'white' }))?.cursor).toBe(247)
    const [created, ...rest] = await to.read(ID, 0, 1_000)
    expect(rest).toEqual((await from.read(ID, 1, 1_000)).slice())
    expect(created?.data).toMatchObject({ seed: '' })
    const again = await archiveOf(await exportOf(to))
    expect(again.archive.manifest.entries).toEqual(archive.manifest.entries)
    expect(again.archive.manifest.key).not.toBe(archive.manifest.key)
  })

  test('where one of its id is, nothing is changed', async () => {
    const { archive } = await archiveOf(await exportOf(from))
    const foreign = await foreignOf(archive, { foldHash: FOLD_HASH, settings })
    await expect(to.takeIn(foreign)).rejects.toMatchObject({ code: 'exists' })
    expect(await to.lastPosition(ID)).toBe(247)
  })

  test('one that breaks off half way leaves nothing', async () => {
    const { archive } = await archiveOf(await exportOf(from))
    const foreign = await foreignOf(archive, { foldHash: FOLD_HASH, settings })
    const broken = (async function* () {
      yield [aSample(1)]
      throw new Error('the disk is gone')
    })()
    const other = { ...foreign, exerciseId: 'other', samples: broken, settings: [['x:other', 1]] as const }
    await expect(to.takeIn(other)).rejects.toThrow('the disk is gone')
    expect([
      await to.lastPosition('other'),
      await to.loadClock('other'),
      await to.getSetting('x:other'),
    ]).toEqual([0, null, undefined])
    expect(await to.readSamples('other', { team: 'saareke', service: 'tax', limit: 5 })).toEqual([])
  })

  test('it is listed, found as a record, and no start goes on with it, though it has not ended', async () => {
    const platform = openRecordsOnly({ log: to, clock: wallClock, current: 'none' })
    expect(await platform.list()).toMatchObject([{ id: ID, phase: 'left', open: false }])
    const record = await platform.find(ID)
    expect(record).toMatchObject({ record: true })
    expect(record?.engine.state().phase).not.toBe('ended')
    expect(await record?.engine.submit({ type: 'pass-time', data: {} }, { kind: 'platform' })).toMatchObject({
      ok: false,
    })

    const { loadScenario } = await import('../../server/scenario/load.ts')
    const folder = join(import.meta.dirname, '../../scenarios/first-watch')
    const loaded = await loadScenario(folder, { teams: 1 })
    const start = () =>
      takeUp({
        log: to,
        clock: wallClock,
        wanted: {
          ...{ loaded, place: { folder, packs: [] } },
          ...{ speed: 1, autostart: false, fresh: false, insist: false },
        },
        load: async () => loaded,
        noRoom: async () => null,
        tell: () => {},
      })
    const first = await start()
    expect(first.current?.entry.exerciseId).not.toBe(ID)
    expect([first.beside, first.left]).toEqual([[], []])
    // The same start again goes on with its own exercise: what it does is not that it never goes on with any.
    expect((await start()).current?.entry.exerciseId).toBe(first.current?.entry.exerciseId)
    expect(await to.lastPosition(ID)).toBe(247)
    await writeOpenList(to, [])
  })

  test('a file that is written to between proof and import is noticed, and nothing is taken in', async () => {
    const { archive, path } = await archiveOf(await exportOf(from))
    const bytes = Buffer.from(await exportOf(from))
    const place = archive.places.find(({ name }) => name === 'samples.jsonl')
    bytes[(place?.at ?? 0) + 40] = 0x39
    const foreign = await foreignOf(archive, { foldHash: FOLD_HASH, settings: [] })
    writeFileSync(path, bytes)
    await expect(to.takeIn({ ...foreign, exerciseId: 'third' })).rejects.toThrow(
      'was changed while it was read',
    )
    expect(await to.lastPosition('third')).toBe(0)
  })
})
