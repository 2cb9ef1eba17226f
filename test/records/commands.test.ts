import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { runDump } from '../../server/cli/dump.ts'
import { exerciseIn, runExport } from '../../server/cli/export.ts'
import { wantedFingerprint } from '../../server/cli/open-export.ts'
import { writeRuntimeFile } from '../../server/cli/runtime-file.ts'
import { openTakeaway } from '../../server/cli/takeaway.ts'
import { runVerify } from '../../server/cli/verify.ts'
import type { Store } from '../../server/store/store.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { goldenLedger } from '../exercise/golden-views.ts'
import { EXERCISE, openWorld } from '../live/fixture.ts'
import { openLightStore, scratch } from './kit.ts'

const KEY = 'the-operator-key-of-this-test'
const DUMP_KEY = 'the-key-of-dumps-in-this-test'
let store: Store
beforeAll(async () => {
  store = await openLightStore()
})
afterAll(() => store.close())

let said = ''
beforeEach(() => {
  said = ''
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said += String(text)
      return true
    })
  onTestFinished(() => {
    vi.restoreAllMocks()
    process.exitCode = undefined
  })
})

/** A platform that runs over a data folder, as the other commands find it. */
async function running() {
  const none = () => Promise.reject(new Error('not asked for'))
  const operator = {
    key: KEY,
    dumpKey: DUMP_KEY,
    open: none,
    close: none,
    remove: none,
    name: none,
    archive: none,
    shelf: { list: none },
    comparisons: { compared: none },
  }
  const world = await openWorld({ store, live: { operator, takeaway: openTakeaway(store) } })
  const folder = scratch()
  vi.stubEnv('KILP_DATA', folder)
  vi.stubEnv('INIT_CWD', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
  writeRuntimeFile(folder, { url: world.live.url, key: KEY, dumpKey: DUMP_KEY })
  return { world, folder }
}

test('kilp export and kilp verify, of a platform that runs', async () => {
  const { folder } = await running()
  await runExport(undefined, {})
  const path = join(folder, `kilp-${EXERCISE}.tar`)
  expect(said).toContain(`exercise ${EXERCISE}`)
  expect(said).toContain('has not ended')
  expect([existsSync(`${path}.part`), statSync(path).mode & 0o777]).toEqual([false, 0o600])
  const fingerprint = /SHA256:\S{43}/.exec(said)?.[0] ?? ''

  said = ''
  await runVerify(`kilp-${EXERCISE}.tar`, { key: fingerprint })
  expect(said).toContain('is whole')
  expect(said).toContain('which is the key that was asked for')
  expect(process.exitCode).toBeUndefined()

  const other = `SHA256:${'A'.repeat(43)}`
  await runVerify(path, { key: other })
  expect(said).toContain(`not with ${other}`)
  expect(process.exitCode).toBe(1)

  said = ''
  process.exitCode = undefined
  const bytes = readFileSync(path)
  bytes[5_000] = (bytes[5_000] ?? 0) ^ 1
  writeFileSync(path, bytes)
  await runVerify(path, {})
  expect(said).toMatch(/is not whole:\n {2}ledger\.jsonl, event 1: .* \(bytes \d+ to \d+ of the file\)/)
  expect(process.exitCode).toBe(1)
})

test('an export that is refused, or can not be written, leaves no file', async () => {
  const { folder } = await running()
  await expect(runExport('none', {})).rejects.toMatchObject({ name: 'UserError' })
  await expect(runExport(undefined, { output: 'no/such/folder/x.tar' })).rejects.toThrow('can not be written')
  expect(existsSync(join(folder, 'kilp-none.tar.part'))).toBe(false)
})

test('kilp dump of a platform that runs says what it holds', async () => {
  const { folder } = await running()
  const path = join(folder, 'all.jsonl')
  await runDump(path, {})
  expect(said).toContain('holds the keys that sign join links')
  expect(readFileSync(path, 'utf8')).toContain(String(await store.getSetting(`seat-key:${EXERCISE}`)))
  expect(statSync(path).mode & 0o777).toBe(0o600)
  await expect(runDump(join(folder, 'none.jsonl'), { exercise: 'none' })).rejects.toMatchObject({
    name: 'UserError',
  })
  expect(existsSync(join(folder, 'none.jsonl'))).toBe(false)
})

test('what is given as a key is read, or it is said what may be given', async () => {
  const { folder } = await running()
  const fingerprint = `SHA256:${'b'.repeat(43)}`
  writeFileSync(join(folder, 'key.txt'), `${fingerprint}\n`)
  expect(await wantedFingerprint({ key: 'key.txt' })).toBe(fingerprint)
  expect(await wantedFingerprint({})).toBeNull()
  await expect(wantedFingerprint({ key: 'neither' })).rejects.toThrow('--key takes a fingerprint')
})

test('the exercise that is meant: the one that is named, the only one, or the current one', async () => {
  const { log, ledgerOf } = openMemoryLog()
  await expect(exerciseIn(log, undefined)).rejects.toThrow('no exercise in this store yet')
  ledgerOf('first').push(...goldenLedger('first-light'))
  expect(await exerciseIn(log, undefined)).toBe('first')
  ledgerOf('second').push(...goldenLedger('first-light'))
  await expect(exerciseIn(log, undefined)).rejects.toThrow('Which one? There are: second, first.')
  await log.putSetting('open-exercises', [{ exerciseId: 'first' }])
  expect(await exerciseIn(log, undefined)).toBe('first')
  expect(await exerciseIn(log, 'second')).toBe('second')
  await expect(exerciseIn(log, 'third')).rejects.toThrow('There is no exercise third')
})
