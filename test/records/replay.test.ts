import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { redact } from '#exercise/ledger/audience.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import type { Audience } from '#exercise/scenario/model.ts'
import { serveArchive } from '../../server/cli/replay.ts'
import { FOLD_HASH } from '../../server/engine/snapshots/fold-hash.ts'
import { loadSnapshot } from '../../server/engine/snapshots/snapshots.ts'
import { openFile } from '../../server/records/archive.ts'
import { openArchiveLog } from '../../server/records/archive-log.ts'
import { verifyExport } from '../../server/records/verify.ts'
import type { Store } from '../../server/store/store.ts'
import { A_CAST, aSample, exported, fill, goldenStored, openLightStore, scratch, withSeats } from './kit.ts'

const ID = 'first-light'
const PAGES = { first: 'en', briefing: { en: '# The day' }, instructor: { en: 'For white.' } }
let store: Store
let bytes: Buffer
beforeAll(async () => {
  store = await openLightStore()
  await fill(store, ID, withSeats(goldenStored('exercise-day')))
  const samples = Array.from({ length: 50 }, (_, n) => ({
    ...aSample(n),
    service: n % 2 === 0 ? 'tax' : 'eid',
  }))
  await store.addSamples(ID, samples)
  await store.addCasts(ID, A_CAST)
  bytes = await exported(store, ID, { pages: PAGES })
})
afterAll(() => store.close())

async function proven() {
  const folder = scratch()
  const path = join(folder, 'export.tar')
  writeFileSync(path, bytes)
  const file = await openFile(path)
  const { archive } = await verifyExport(file, FOLD_HASH)
  if (!archive) throw new Error('not whole')
  return { archive, folder }
}

test('the file answers as the store did that it came from, and takes nothing', async () => {
  const { archive } = await proven()
  const log = await openArchiveLog(archive, new Map())
  onTestFinished(() => log.close())
  const seedless = (events: readonly Recorded[]) =>
    events.map((event) =>
      event.type === 'exercise.created' ? { ...event, data: { ...event.data, seed: '' } } : event,
    )
  for (const [after, limit] of [
    [0, 1],
    [0, 5_000],
    [100, 7],
    [250, 5],
    [251, 5],
    [900, 5],
  ] as const)
    expect(await log.read(ID, after, limit)).toEqual(seedless(await store.read(ID, after, limit)))
  for (const service of ['tax', 'eid', 'none']) {
    const asked = { team: 'saareke', service, limit: 7 }
    expect(await log.readSamples(ID, asked)).toEqual(await store.readSamples(ID, asked))
  }
  expect((await loadSnapshot(log, ID, { seat: 'white' }))?.cursor).toBe(251)
  expect(await log.castsOf(ID)).toEqual(await store.castsOf(ID))
  expect(await log.readCast(ID, 't-7')).toEqual(await store.readCast(ID, 't-7'))
  expect([await log.readCast(ID, 'none'), await log.castsOf('other')]).toEqual([null, []])
  expect(await log.exercises()).toEqual(await store.exercises())
  expect([
    await log.read('other', 0, 5),
    await log.lastPosition('other'),
    await log.filesOf('other'),
  ]).toEqual([[], 0, []])
  await expect(log.append(ID, 251, [], 1)).rejects.toThrow('takes nothing')
})

test('its pages are served from the file alone: every seat sees its own, and nothing can be changed', async () => {
  const { archive, folder } = await proven()
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Kilp</title>')
  const live = await serveArchive(archive, { host: '127.0.0.1', port: 0, web: folder })
  onTestFinished(() => live.close())
  const links = await live.seatLinks()
  expect(links.map(({ seat }) => seat)).toContain('white')
  const ask = async (path: string, token?: string, init: RequestInit = {}) => {
    const answer = await fetch(`${live.url}${path}`, {
      ...init,
      headers: {
        ...(init.body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
    })
    return { status: answer.status, body: await answer.json() }
  }
  expect((await ask('/api/exercises')).body).toMatchObject({
    exercises: [{ id: ID, phase: 'ended', open: false, current: true }],
  })
  expect((await ask('/api/exercise')).body).toMatchObject({ phase: 'ended' })
  const whole = await store.read(ID, 0, 1_000)
  for (const { seat, team, token } of links) {
    const audience = (seat === 'blue' ? { seat, team: team ?? '' } : { seat }) as Audience
    const { body } = await ask('/api/ledger?after=0', token)
    const wanted = whole.flatMap((event) => redact(event, audience) ?? [])
    expect(body.events.slice(1)).toEqual(JSON.parse(JSON.stringify(wanted.slice(1))))
  }
  const white = links.find(({ seat }) => seat === 'white')?.token ?? ''
  expect((await ask('/api/briefing', white)).body).toEqual(PAGES)
  expect((await ask('/api/samples?team=saareke&service=tax&limit=3', white)).body.samples).toHaveLength(3)
  const recording = await fetch(`${live.url}/api/terminals/t-7/recording`, {
    headers: { authorization: `Bearer ${white}` },
  })
  expect(await recording.text()).toBe(A_CAST.map(({ text }) => text).join(''))
  expect((await ask('/api/terminals')).status).toBe(401)
  const command = { method: 'POST', body: JSON.stringify({ type: 'add-note', data: { text: 'late' } }) }
  expect(await ask('/api/commands', white, command)).toMatchObject({
    status: 409,
    body: { refusal: { code: 'record' } },
  })
  // Tokens of the installation that it came from open nothing here.
  expect((await ask('/api/ledger', `${white.slice(0, -4)}aaaa`)).status).toBe(401)
})
