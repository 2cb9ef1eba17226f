import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { runArchive, runDelete, runList } from '../../server/cli/keep-records.ts'
import { writeRuntimeFile } from '../../server/cli/runtime-file.ts'
import { writeOpenList } from '../../server/engine/platform/open-list.ts'
import { openStore } from '../../server/store/store.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { recordLedger } from '../kit/ledger.ts'
import { KEY, startHere } from '../platform/platform-here.ts'

const ledger = recordLedger(60_000)
const id = ledger[0]?.type === 'exercise.created' ? ledger[0].data.exerciseId : ''

let said = ''
let folder = ''
beforeEach(() => {
  said = ''
  folder = mkdtempSync(join(tmpdir(), 'kilp-keep-'))
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said += String(text)
      return true
    })
  vi.stubEnv('KILP_DATA', join(folder, 'data'))
  vi.stubEnv('DATABASE_URL', undefined)
  onTestFinished(() => {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    rmSync(folder, { recursive: true, force: true })
  })
})

const listed = async () => {
  said = ''
  await runList({ json: true })
  return (JSON.parse(said) as { id: string; archived: boolean; open: boolean }[]).map((one) => [
    one.id,
    one.archived,
    one.open,
  ])
}

/** Somebody types that at the question; null: there is nobody. */
async function typing(text: string | null, run: () => Promise<void>): Promise<void> {
  const input = new PassThrough()
  vi.spyOn(process, 'stdin', 'get').mockReturnValue(input as unknown as typeof process.stdin)
  input.end(text === null ? '' : `${text}\n`)
  await run()
}

/** Put away, taken back, and deleted only by who types the id. */
async function keptAndDeleted(): Promise<void> {
  await runArchive(id, true)
  expect(await listed()).toContainEqual([id, true, false])
  await runArchive(id, false)
  expect(await listed()).toContainEqual([id, false, false])
  await expect(runArchive('none', true)).rejects.toThrow('There is no exercise')
  await expect(runDelete('none', {})).rejects.toThrow('There is no exercise none')
  await expect(runDelete('none', { yes: true })).rejects.toThrow('There is no exercise')
  for (const text of ['yes', null])
    await expect(typing(text, () => runDelete(id, {}))).rejects.toThrow('nothing was deleted')
  expect(await listed()).toContainEqual([id, false, false])
  await typing(id, () => runDelete(id, {}))
  expect((await listed()).some(([one]) => one === id)).toBe(false)
}

describe('records', () => {
  test('of a platform that runs; what is open is no record', { timeout: 60_000 }, async () => {
    const { log } = openMemoryLog()
    await log.append(id, 0, ledger, 1)
    const here = await startHere(log)
    writeRuntimeFile(join(folder, 'data'), { url: here.platform.url, key: KEY, dumpKey: '' })
    const open = here.platform.exercises.current
    await expect(runArchive(open, true)).rejects.toThrow('still has its enclaves')
    await expect(runDelete(open, { yes: true })).rejects.toThrow('still has its enclaves')
    await keptAndDeleted()
    expect(await listed()).toEqual([[open, false, true]])
  })

  test('of the data folder, where none runs; what is to be gone on with is no record', {
    timeout: 120_000,
  }, async () => {
    const store = await openStore({ dataDir: join(folder, 'data/ledger') })
    await store.append(id, 0, ledger, 1)
    await store.append('left', 0, ledger.slice(0, 1), 2)
    await writeOpenList(store, [{ exerciseId: 'left', scenarioHash: '', place: null, autostart: false }])
    await store.close()
    await expect(runDelete('left', { yes: true })).rejects.toThrow('still has its enclaves')
    await runArchive(id, true)
    expect(await listed()).toContainEqual([id, true, false])
    await typing(id, () => runDelete(id, {}))
    said = ''
    await runList({})
    expect(said).toMatch(/^exercise .*kept as\n-+ .*\nleft .*left .*record\n$/s)
  })
})
