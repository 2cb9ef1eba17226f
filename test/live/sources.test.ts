import { describe, expect, test } from 'vitest'
import { sha256 } from '../../server/engine/sha256.ts'
import { ALL_SOURCES } from '../../server/exercise/scenario/source-path.ts'
import { PERSON_HEADER } from '../../server/exercise/wire/person.ts'
import type { SourceTexts } from '../../server/exercise/wire/sources.ts'
import { openFakeRange } from '../engine/fake-range.ts'
import { white } from '../kit/actors.ts'
import { openWorld, type SeatId, type World } from './fixture.ts'

const START = 'export {}'
const at = (path: string) => `/api/sources${path}?team=red&service=tax`
const body = (method: string, data: object, headers: Record<string, string> = {}): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ team: 'red', service: 'tax', ...data }),
})
const save = (
  world: World,
  text: string | null,
  expected: string | null,
  seat: SeatId = 'blue-red',
  path = 'main.ts',
) => world.fetch('/api/sources/file', seat, body('PUT', { path, text, expected }))
const restart = (world: World, seat: SeatId = 'blue-red') =>
  world.fetch('/api/sources/restart', seat, body('POST', {}))
const types = async (world: World) =>
  (await world.engine.events(0, 1_000)).map(({ type }) => type).filter((type) => /^(source|app)\./.test(type))
const code = async (reply: Response) => ((await reply.json()) as { refusal: { code: string } }).refusal.code

describe('sources of a service', () => {
  test('are for the team itself and white, and for nobody else', async () => {
    const world = await openWorld()
    for (const path of [at(''), `${at('/file')}&path=main.ts`, at('/looks'), at('/texts')]) {
      for (const seat of ['blue-red', 'white'] as const)
        expect([path, seat, (await world.fetch(path, seat)).status]).toEqual([path, seat, 200])
      for (const seat of ['blue-sea', 'observer', 'guest'] as const)
        expect([path, seat, (await world.fetch(path, seat)).status]).toEqual([path, seat, 403])
      expect((await world.fetch(path)).status).toBe(401)
    }
    for (const seat of ['blue-sea', 'observer', 'guest'] as const) {
      expect((await save(world, 'x', sha256(START), seat)).status).toBe(403)
      expect((await restart(world, seat)).status).toBe(403)
    }
    expect(await types(world)).toEqual([])
    expect((await world.fetch('/api/sources?team=nobody&service=tax', 'white')).status).toBe(404)
    expect((await world.fetch('/api/sources?team=red&service=nothing', 'white')).status).toBe(404)
  })

  test('are read, saved over what was read, and never over what somebody else wrote', async () => {
    const fake = openFakeRange()
    const world = await openWorld({ range: fake.range })
    const tree = await (await world.fetch(at(''), 'blue-red')).json()
    expect(tree).toEqual({
      files: [{ path: 'main.ts', bytes: 9, change: 'none', locked: false }],
      cut: false,
    })
    const file = await (await world.fetch(`${at('/file')}&path=main.ts`, 'blue-red')).json()
    expect(file).toEqual({ text: START, hash: sha256(START), start: START })
    // Somebody types in a terminal meanwhile.
    fake.sourcesIn('red', 'tax').now.set('main.ts', { bytes: 5, text: 'vi me' })
    const late = await save(world, 'mine', sha256(START))
    expect([late.status, await late.json()]).toMatchObject([
      409,
      { refusal: { code: 'source-changed' }, theirs: { text: 'vi me', hash: sha256('vi me') } },
    ])
    expect(fake.sourcesIn('red', 'tax').now.get('main.ts')?.text).toBe('vi me')
    expect(await types(world)).toEqual([])
    const saved = await save(world, 'mine', sha256('vi me'))
    expect([saved.status, await saved.json()]).toEqual([200, { ok: true, hash: sha256('mine') }])
    expect(await types(world)).toEqual(['source.saved'])
    // The same once more changes nothing, and is told to nobody.
    expect((await save(world, 'mine', sha256('mine'))).status).toBe(200)
    expect(await types(world)).toEqual(['source.saved'])
    // A new file, one that is there already, one that is deleted.
    expect((await save(world, 'new', null, 'blue-red', 'lib/new.ts')).status).toBe(200)
    expect((await save(world, 'again', null, 'blue-red', 'lib/new.ts')).status).toBe(409)
    expect((await save(world, null, sha256('new'), 'blue-red', 'lib/new.ts')).status).toBe(200)
    expect(fake.sourcesIn('red', 'tax').now.has('lib/new.ts')).toBe(false)
  })

  test('are given all at once to search in, but what no editor opens, and no more than a page can take', async () => {
    const fake = openFakeRange()
    const world = await openWorld({ range: fake.range })
    const texts = async () => (await (await world.fetch(at('/texts'), 'blue-red')).json()) as SourceTexts
    const { now } = fake.sourcesIn('red', 'tax')
    now.set('blob.bin', { bytes: 9, text: null })
    now.set('.git/config', { bytes: 3, text: 'key' })
    now.set('../out.ts', { bytes: 3, text: 'out' })
    expect(await texts()).toEqual({ texts: [{ path: 'main.ts', text: START }], cut: false })
    for (let i = 0; i < 20; i++) now.set(`big${i}.ts`, { bytes: 200_000, text: 'x'.repeat(200_000) })
    const { texts: some, cut } = await texts()
    expect(cut).toBe(true)
    expect(some.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(ALL_SOURCES)
    expect(some.map(({ path }) => path)).toContain('main.ts')
  })

  test('of two who save at once over the same text one is told', async () => {
    const world = await openWorld()
    const replies = await Promise.all(['a', 'b'].map((text) => save(world, text, sha256(START))))
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })

  test('take no path that leads out, and no endless text', async () => {
    const world = await openWorld()
    for (const path of ['../main.ts', '/etc/passwd', 'a//b', '.git/config'])
      expect(await code(await save(world, 'x', null, 'blue-red', path))).toBe('bad-source-path')
    expect(await code(await save(world, 'é'.repeat(200_000), sha256(START)))).toBe('source-too-large')
    expect((await save(world, 'x'.repeat(900_000), sha256(START))).status).toBe(413)
    expect((await world.fetch(`${at('/file')}&path=../../etc/shadow`, 'blue-red')).status).toBe(404)
    expect(await types(world)).toEqual([])
  })

  test('can be read in a pause, and changed by white alone; with the name of who did', async () => {
    const world = await openWorld()
    await world.give({ type: 'pause-exercise', data: { reason: '' } }, white())
    expect((await world.fetch(at(''), 'blue-red')).status).toBe(200)
    expect(await code(await save(world, 'x', sha256(START)))).toBe('not-while-still')
    expect(await code(await restart(world))).toBe('not-while-still')
    const data = { path: 'main.ts', text: 'help', expected: sha256(START) }
    const helped = await world.fetch(
      '/api/sources/file',
      'white',
      body('PUT', data, { [PERSON_HEADER]: 'Mari' }),
    )
    expect(helped.status).toBe(200)
    const [event] = (await world.engine.events(0, 1_000)).slice(-1)
    expect(event).toMatchObject({
      type: 'source.saved',
      data: { team: 'red', service: 'tax', file: 'main.ts', by: { seat: 'white', name: 'Mari' } },
    })
    await world.give({ type: 'end-exercise', data: { reason: '' } }, white())
    expect(await code(await save(world, 'y', sha256('help'), 'white'))).toBe('wrong-phase')
  })
})

describe('restart and verify', () => {
  test('restarts at most once in ten seconds, each service by itself', async () => {
    const fake = openFakeRange()
    const world = await openWorld({ range: fake.range })
    const first = await restart(world)
    expect([first.status, await first.json()]).toMatchObject([
      200,
      { running: true, said: 'run: app: (pid 7) 1s' },
    ])
    const [second, third] = await Promise.all([restart(world), restart(world)])
    expect([await code(second), await code(third)]).toEqual(['too-soon', 'too-soon'])
    expect(fake.acts).toEqual(['app red/tax'])
    expect(await types(world)).toEqual(['app.restarted'])
  })

  test('that does not stay up is said so, and is looked at all the same', async () => {
    const fake = openFakeRange()
    fake.down.add('red/tax')
    const world = await openWorld({ range: fake.range })
    expect(await (await restart(world)).json()).toMatchObject({ ok: true, running: false })
    expect((await world.engine.events(0, 1_000)).at(-1)).toMatchObject({
      type: 'app.restarted',
      data: { ok: false },
    })
  })
})

test('changes and reads of a seat are bounded in how often they come', async () => {
  const world = await openWorld()
  const reads = await Promise.all(Array.from({ length: 40 }, () => world.fetch(at(''), 'blue-red')))
  expect(reads.filter(({ status }) => status === 429).length).toBeGreaterThan(10)
  const saves = await Promise.all(Array.from({ length: 30 }, () => save(world, 'x', 'f'.repeat(64))))
  expect(saves.filter(({ status }) => status === 429).length).toBeGreaterThan(10)
  // Nobody else's.
  expect((await world.fetch('/api/sources?team=sea&service=tax', 'blue-sea')).status).toBe(200)
})

test('one who reads shares the read with all who ask meanwhile, and sees what was written before they asked', async () => {
  const fake = openFakeRange()
  const begun: PromiseWithResolvers<void>[] = []
  const sources: typeof fake.range.sources = async (team, service) => {
    const gate = Promise.withResolvers<void>()
    begun.push(gate)
    const { now, start } = fake.sourcesIn(team, service)
    const is = { now: new Map(now), start: new Map(start), cut: false }
    await gate.promise
    return is
  }
  const world = await openWorld({ range: { ...fake.range, sources } })
  const file = () => world.fetch(`${at('/file')}&path=main.ts`, 'blue-red')
  const first = file()
  await expect.poll(() => begun.length).toBe(1)
  fake.sourcesIn('red', 'tax').now.set('main.ts', { bytes: 5, text: 'later' })
  const others = [file(), file(), file(), world.fetch(at(''), 'white')]
  await new Promise((wake) => setTimeout(wake, 100))
  expect(begun.length).toBe(1)
  begun[0]?.resolve()
  expect(await (await first).json()).toMatchObject({ text: START })
  await expect.poll(() => begun.length).toBe(2)
  begun[1]?.resolve()
  const [second] = await Promise.all(others)
  expect(await second?.json()).toMatchObject({ text: 'later' })
  expect(begun.length).toBe(2)
})

test('more seats do not let a team read more', async () => {
  const world = await openWorld()
  await world.give({
    type: 'issue-seat',
    data: { seatId: 'blue-red-2', seat: 'blue', team: 'red', label: '' },
  })
  const link = (await world.live.seatLinks()).find(({ seatId }) => seatId === 'blue-red-2')
  const second = { headers: { authorization: `Bearer ${link?.token}` } }
  expect((await world.fetch(at(''), undefined, second)).status).toBe(200)
  await Promise.all(Array.from({ length: 40 }, () => world.fetch(at(''), 'blue-red')))
  const more = await Promise.all(Array.from({ length: 20 }, () => world.fetch(at(''), undefined, second)))
  expect(more.filter(({ status }) => status === 429).length).toBeGreaterThan(10)
  expect((await world.fetch(at(''), 'white')).status).toBe(200)
})

test('of changes to one service only some wait for their turn', async () => {
  const fake = openFakeRange()
  const gate = Promise.withResolvers<void>()
  const writeSource: typeof fake.range.writeSource = async (...of) => {
    await gate.promise
    return fake.range.writeSource(...of)
  }
  const world = await openWorld({ range: { ...fake.range, writeSource } })
  const asked = Array.from({ length: 7 }, (_, n) => save(world, 'new', null, 'blue-red', `${n}.ts`))
  const early = await Promise.all(
    asked.map((one) => Promise.race([one, new Promise<null>((wake) => setTimeout(() => wake(null), 400))])),
  )
  const refused = early.filter((one) => one !== null)
  expect(await Promise.all(refused.map(code))).toEqual(['source-busy', 'source-busy', 'source-busy'])
  gate.resolve()
  expect((await Promise.all(asked)).filter(({ status }) => status === 200)).toHaveLength(4)
  expect((await save(world, 'new', null, 'blue-red', 'again.ts')).status).toBe(200)
})
