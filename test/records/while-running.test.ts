import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { openTakeaway } from '../../server/cli/takeaway.ts'
import type { Store } from '../../server/store/store.ts'
import { white } from '../kit/actors.ts'
import { EXERCISE, openWorld, stir } from '../live/fixture.ts'
import { KEY as KEY_HERE, SMALL, startHere } from '../platform/platform-here.ts'
import { openLightStore, scratch, verified } from './kit.ts'

const KEY = 'the-operator-key-of-this-test'
const DUMP_KEY = 'the-key-of-dumps-in-this-test'
let store: Store
beforeAll(async () => {
  store = await openLightStore()
})
beforeEach(async () => {
  await store.backend.write((database) =>
    database.execute('truncate events, clocks, samples, settings, snapshots, files, casts restart identity'),
  )
})
afterAll(() => store.close())

const open = (taken: Store = store) =>
  openWorld({
    store,
    live: {
      takeaway: openTakeaway(taken),
      operator: {
        key: KEY,
        dumpKey: DUMP_KEY,
        open: () => Promise.reject(new Error('not asked for')),
        close: () => Promise.reject(new Error('not asked for')),
        remove: () => Promise.reject(new Error('not asked for')),
        name: () => Promise.reject(new Error('not asked for')),
        archive: () => Promise.reject(new Error('not asked for')),
        shelf: { list: () => Promise.reject(new Error('not asked for')) },
        comparisons: { compared: () => Promise.reject(new Error('not asked for')) },
      },
    },
  })
const asDumper = { headers: { authorization: `Bearer ${DUMP_KEY}` } }
const asOperator = { headers: { authorization: `Bearer ${KEY}` } }

test('white takes its exercise away while it runs, and nobody else does', async () => {
  const world = await open()
  await stir(world, 5)
  const answer = await world.fetch(`/api/exercises/${EXERCISE}/export`, 'white')
  expect(answer.headers.get('content-disposition')).toContain(`filename="kilp-${EXERCISE}.tar"`)
  const bytes = Buffer.from(await answer.arrayBuffer())
  const { findings, archive } = await verified(bytes)
  expect(findings).toEqual([])
  expect(archive?.manifest).toMatchObject({
    exercise: EXERCISE,
    phase: 'running',
    positions: { last: await store.lastPosition(EXERCISE) },
  })
  expect(bytes.includes(world.token('white'))).toBe(false)
  for (const seat of ['blue-red', 'observer', 'guest'] as const) {
    const refused = await world.fetch('/api/export', seat)
    expect([refused.status, (await refused.json()).refusal.code]).toEqual([403, 'not-allowed'])
  }
  expect((await world.fetch('/api/export')).status).toBe(401)
  expect((await world.fetch('/api/exercises/none/export', 'white')).status).toBe(404)
  expect(world.faults).toEqual([])
})

test('what comes while an export is made is not in it, and does not break it', async () => {
  const busy: Store = {
    ...store,
    async *storedEvents(exerciseId, upTo) {
      await stir(world, 3)
      yield* store.storedEvents(exerciseId, upTo)
    },
  }
  const world = await open(busy)
  const before = await store.lastPosition(EXERCISE)
  const answer = await world.fetch('/api/export', undefined, asOperator)
  const { findings, archive } = await verified(Buffer.from(await answer.arrayBuffer()))
  expect(findings).toEqual([])
  expect(archive?.manifest.positions.last).toBe(before)
  expect(await store.lastPosition(EXERCISE)).toBeGreaterThan(before)
})

test('white takes it away a few times, not as often as it likes', async () => {
  const world = await open()
  const statuses = []
  for (let time = 0; time < 5; time += 1) {
    const answer = await world.fetch('/api/export', 'white')
    await answer.arrayBuffer()
    statuses.push(answer.status)
  }
  expect(statuses).toEqual([200, 200, 200, 429, 429])
})

test('a dump of a platform that runs is for a key of its own, not the home page’s: it holds the keys of all seats', async () => {
  const world = await open()
  const key = String(await store.getSetting(`seat-key:${EXERCISE}`))
  await world.give({ type: 'add-note', data: { text: 'in the dump' } }, white())
  const dumped = await (await world.fetch('/api/dump', undefined, asDumper)).text()
  expect(dumped).toContain(key)
  expect(dumped).toContain('in the dump')
  expect(dumped.trimEnd().split('\n').at(-1)).toMatch(/^\{"end":\d+\}$/)
  const one = await (await world.fetch('/api/dump?exercise=none', undefined, asDumper)).text()
  expect(one.trimEnd().split('\n')).toHaveLength(2)
  const home = await world.fetch('/api/dump', undefined, asOperator)
  expect([home.status, (await home.json()).refusal.message]).toEqual([
    401,
    expect.stringContaining('kilp dump'),
  ])
  // And it opens nothing else.
  expect((await world.fetch('/api/export', undefined, asDumper)).status).toBe(401)
  expect((await world.fetch('/api/scenarios', undefined, asDumper)).status).toBe(401)
  for (const seat of ['white', 'blue-red', undefined] as const)
    expect((await world.fetch('/api/dump', seat)).status).toBe(401)
})

test('who goes away in the middle leaves nothing behind, and the next one gets all', async () => {
  const folder = scratch()
  vi.stubEnv('TMPDIR', folder)
  onTestFinished(() => void vi.unstubAllEnvs())
  const world = await open()
  await store.keepFile(
    EXERCISE,
    { sha256: 'a'.repeat(64), owner: '', name: 'big.txt', type: 'text/plain', bytes: 8_000_000, wall: 1 },
    Buffer.alloc(8_000_000, 'x'),
  )
  const leave = new AbortController()
  const answer = await world.fetch('/api/export', undefined, { ...asOperator, signal: leave.signal })
  await answer.body?.getReader().read()
  leave.abort()
  const whole = await world.fetch('/api/export', undefined, asOperator)
  expect((await whole.arrayBuffer()).byteLength).toBeGreaterThan(8_000_000)
  await expect.poll(() => readdirSync(folder).filter((name) => name.startsWith('kilp-export-'))).toEqual([])
  expect(world.faults).toEqual([])
})

test('of two exercises of a platform each has its own export, with its scenario once it has ended', async () => {
  // A platform closes its store.
  const kept: Store = { ...store, close: async () => {} }
  const here = await startHere(kept, { takeaway: openTakeaway(store), autostart: false })
  const { current } = here.platform.exercises
  const opened = await here.open({
    folder: SMALL,
    packs: [],
    speed: 1,
    autostart: false,
    insist: true,
    teams: 1,
  })
  const { id } = (await opened.json()) as { id: string }
  const white = await here.token(current, 'white')
  const others = await here.fetch(`/api/exercises/${id}/export`, white)
  expect(others.status).toBe(401)
  expect((await here.close(id, true)).status).toBe(200)

  const taken = async (exercise: string) => {
    const answer = await here.fetch(`/api/exercises/${exercise}/export`, KEY_HERE)
    const bytes = Buffer.from(await answer.arrayBuffer())
    const { findings, archive } = await verified(bytes)
    expect(findings).toEqual([])
    return { bytes, manifest: archive?.manifest }
  }
  const [running, ended] = [await taken(current), await taken(id)]
  expect([running.bytes.includes(id), ended.bytes.includes(current)]).toEqual([false, false])
  expect(running.manifest?.noScenario).toContain('has not ended')
  expect(ended.manifest).toMatchObject({ exercise: id, phase: 'ended', noScenario: null })
  const names = ended.manifest?.entries.map(({ name }) => name) ?? []
  expect(names).toContain('scenario/scenario.yaml')
  expect(names).toContain('scenario/briefing.md')
  // Where things are on this machine is nobody else's.
  for (const { bytes } of [running, ended]) expect(bytes.includes(SMALL)).toBe(false)
  expect(here.faults).toEqual([])
})
