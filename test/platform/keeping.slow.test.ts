import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, onTestFinished, test } from 'vitest'
import { CannotTakeUp } from '../../server/engine/platform/take-up.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { connected, follow } from '../live/fixture.ts'
import { KEY, type PlatformHere, SMALL, startHere } from './platform-here.ts'

/** A scenario of its own that a test may change. */
function scenarioFolder() {
  const root = mkdtempSync(join(tmpdir(), 'kilp-scenario-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const folder = join(root, 'scenario')
  cpSync(SMALL, folder, { recursive: true })
  const note = join(folder, 'added.md')
  return {
    place: { folder, packs: [] },
    change: () => writeFileSync(note, 'changed'),
    putBack: () => rmSync(note),
  }
}

const openBeside = async (here: PlatformHere, body: object): Promise<string> => {
  const { id } = (await (await here.open({ teams: 1, ...body })).json()) as { id: string }
  await here.platform.exercises.opened(id)?.deployed
  return id
}

const phases = async (here: PlatformHere) =>
  Object.fromEntries(
    (await here.list()).map(({ id, phase, open }) => [id, `${phase}${open ? '' : ' record'}`]),
  )

const refusalOf = async (answer: Response) =>
  ((await answer.json()) as { refusal: { code: string; message: string } }).refusal

describe('a platform that starts again', () => {
  test('takes all exercises up that had not ended, and their links stay valid', async () => {
    const { log } = openMemoryLog()
    const first = await startHere(log)
    expect(first.told.join('\n')).not.toContain('have ended')
    const a = first.platform.exercises.current
    const b = await openBeside(first, { folder: SMALL })
    const waiting = await openBeside(first, { folder: SMALL, autostart: false })
    const token = await first.token(b, 'white')
    await first.platform.close()
    expect(first.ranges.done).toEqual(expect.arrayContaining([`close ${a}`, `close ${b}`]))

    const again = await startHere(log)
    await Promise.all(again.platform.exercises.open().map(({ deployed }) => deployed))
    expect(again.platform.exercises.current).toBe(a)
    expect(await phases(again)).toEqual({ [a]: 'running', [b]: 'running', [waiting]: 'ready' })
    expect(again.ranges.done).toContain(`sweep keeps ${[a, b, waiting].toSorted().join(' ')}`)
    for (const id of [a, b, waiting]) expect(again.ranges.done).toContain(`adopt ${id}`)
    expect((await again.fetch(`/api/exercises/${b}/ledger`, token)).status).toBe(200)
    for (const id of [a, b])
      expect((await again.ledger(id)).filter(({ type }) => type === 'platform.recovered')).toHaveLength(1)
  })

  test('goes on with the exercise that an older Kilp had in hand', async () => {
    const { log } = openMemoryLog()
    const first = await startHere(log)
    const a = first.platform.exercises.current
    const { hash: scenarioHash } = { hash: first.platform.current.engine.state().scenarioHash }
    const token = await first.token(a, 'white')
    await first.platform.close()
    await log.putSetting('current-exercise', { exerciseId: a, scenarioHash })
    await log.putSetting('open-exercises', null)
    const again = await startHere(log)
    expect(again.platform.exercises.current).toBe(a)
    expect((await again.fetch('/api/ledger', token)).status).toBe(200)
  })

  test('refuses when the scenario was changed, changes nothing, and says what and what to do', async () => {
    const { log, events } = openMemoryLog()
    const scenario = scenarioFolder()
    const first = await startHere(log, { place: scenario.place })
    const a = first.platform.exercises.current
    await first.platform.close()
    const before = [events.length, JSON.stringify(await log.getSetting('open-exercises'))]

    scenario.change()
    const refused = await startHere(log, { place: scenario.place }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(CannotTakeUp)
    expect(String(refused)).toContain('scenario/added.md')
    expect(String(refused)).toMatch(/put that back as it was[\s\S]*--fresh/)
    expect([events.length, JSON.stringify(await log.getSetting('open-exercises'))]).toEqual(before)

    scenario.putBack()
    const again = await startHere(log, { place: scenario.place })
    expect(again.platform.exercises.current).toBe(a)
    await again.platform.close()

    scenario.change()
    const fresh = await startHere(log, { place: scenario.place, fresh: true })
    const b = fresh.platform.exercises.current
    expect(await phases(fresh)).toEqual({ [a]: 'ended record', [b]: 'running' })
    expect(fresh.ranges.done).toContain(`sweep keeps ${b}`)
    expect(fresh.told).toContain(
      'A new exercise begins. Those that have ended (1) stay to be read on the start page.',
    )
  })

  test('says what the machine carries before anything is made, and goes beyond that only when told to', async () => {
    const { log, events } = openMemoryLog()
    const refused = await startHere(log, { carries: 0 }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(CannotTakeUp)
    expect(String(refused)).toMatch(/carries no enclave[\s\S]*Nothing was touched[\s\S]*--insist/)
    expect([events.length, await log.getSetting('open-exercises')]).toEqual([0, null])

    const first = await startHere(log, { carries: 0, insist: true })
    await first.platform.close()
    // What was deployed before is taken up as it is.
    const again = await startHere(log, { carries: 0 })
    expect(again.platform.exercises.current).toBe(first.platform.exercises.current)
    const beside = await again.open({ folder: SMALL, teams: 1 })
    expect([beside.status, await refusalOf(beside)]).toMatchObject([409, { code: 'no-room' }])
    expect((await again.open({ folder: SMALL, teams: 1, insist: true })).status).toBe(201)
  })

  test('makes one with other names and pilots that starts at its moment, also after the platform was away', async () => {
    const { log } = openMemoryLog()
    const first = await startHere(log)
    const startsWall = Date.now() + 4_000
    const asked = { folder: SMALL, teams: 1, startsWall }
    const [{ id: team = '' } = {}] = first.platform.current.engine.state().teams
    const refused = async (body: object) => {
      const answer = await first.open({ ...asked, ...body })
      return [answer.status, (await refusalOf(answer)).code]
    }
    expect(await refused({ autostart: true })).toEqual([409, 'two-starts'])
    expect(await refused({ startsWall: Date.now() - 1000 })).toEqual([409, 'start-is-past'])
    expect(await refused({ lineup: [{ team: 'nobody', name: 'x' }] })).toEqual([409, 'unknown-team'])
    for (const name of ['a\nb', '\u202eabc', ' ', 'x'.repeat(61)])
      expect(await refused({ lineup: [{ team, name }] })).toEqual([400, 'malformed'])
    expect(await refused({ lineup: [{ team }, { team }] })).toEqual([400, 'malformed'])
    const opened = await first.open({ ...asked, lineup: [{ team, name: ' Night shift ', pilot: 'swift' }] })
    const { id } = (await opened.json()) as { id: string }
    expect((await first.list()).find((one) => one.id === id)).toMatchObject({
      startsWall,
      endedWall: null,
      teams: [{ en: 'Night shift', ja: 'Night shift' }],
    })
    // White can plan it anew, and not in the past: it would begin at once, for good.
    const plan = async (atWall: number) => {
      const body = JSON.stringify({ type: 'plan-start', data: { atWall } })
      const headers = { 'content-type': 'application/json' }
      const path = `/api/exercises/${id}/commands`
      return first.fetch(path, await first.token(id, 'white'), { method: 'POST', headers, body })
    }
    const past = await plan(Date.now() - 60_000)
    expect([past.status, (await refusalOf(past)).code]).toEqual([409, 'start-is-past'])
    expect((await plan(startsWall + 1)).status).toBe(200)
    await first.platform.close()
    const again = await startHere(log)
    await expect.poll(async () => (await phases(again))[id], { timeout: 15_000 }).toBe('running')
    expect(Date.now()).toBeGreaterThanOrEqual(startsWall)
    expect((await again.exercise(id)).teams).toMatchObject([{ name: 'Night shift', pilot: 'swift' }])
  })

  test('for no exercise serves none until one is set up, and takes all up again that had not ended', async () => {
    const { log } = openMemoryLog()
    const first = await startHere(log, { home: true })
    expect(await first.list()).toEqual([])
    const health = await (await first.fetch('/healthz')).json()
    expect(health).toEqual({ ok: true, exercise: null, phase: 'ended' })
    expect([
      (await first.fetch('/api/exercise')).status,
      (await first.fetch('/api/ledger', KEY)).status,
    ]).toEqual([404, 404])
    const refused = Promise.withResolvers<string>()
    first.join().on('connect_error', ({ message }) => refused.resolve(message))
    expect(await refused.promise).toBe('no-such-exercise')

    const made = async () => {
      const opened = await first.open({ folder: SMALL, teams: 1, autostart: false })
      return ((await opened.json()) as { id: string }).id
    }
    const [a, b] = [await made(), await made()]
    // The oldest that is open is what an address without an exercise means.
    expect((await first.list()).map(({ id, current }) => [id, current])).toEqual([
      [a, true],
      [b, false],
    ])
    expect((await (await first.fetch('/api/exercise')).json()).id).toBe(a)
    await expect.poll(async () => (await phases(first))[b]).toBe('ready')
    expect((await first.close(a, true)).status).toBe(200)
    expect((await (await first.fetch('/api/exercise')).json()).id).toBe(b)
    await first.platform.close()

    const again = await startHere(log, { home: true })
    expect(again.told).toContain(`Taking up exercise ${b}`)
    await expect.poll(() => phases(again)).toEqual({ [a]: 'ended record', [b]: 'ready' })
    expect((await again.close(b, true)).status).toBe(200)
    await again.platform.close()
    // Put aside, a record is read as before; what still has its enclaves is no record.
    const records = await startHere(log, { home: true })
    const archive = async (id: string, archived: boolean, key = KEY) => {
      const body = JSON.stringify({ archived })
      const headers = { 'content-type': 'application/json' }
      return (await records.fetch(`/api/exercises/${id}/archive`, key, { method: 'POST', headers, body }))
        .status
    }
    const put = async () => (await records.list()).filter(({ archived }) => archived).map(({ id }) => id)
    expect([await archive(a, true), await archive(a, true), await archive('none', true)]).toEqual([
      200, 200, 404,
    ])
    expect([await archive(b, true, 'wrong'), await put()]).toEqual([401, [a]])
    expect((await records.fetch(`/api/exercises/${a}`)).status).toBe(200)
    // Called otherwise, also when it is long over; the name is in the ledger, and in the name of its file.
    const name = async (id: string, to: string | null, key = KEY) => {
      const body = JSON.stringify({ name: to })
      const headers = { 'content-type': 'application/json' }
      return (await records.fetch(`/api/exercises/${id}/name`, key, { method: 'POST', headers, body })).status
    }
    const called = async () => (await records.list()).find(({ id }) => id === a)?.name
    expect([await name(a, 'Spring 2027, CERT Tartu'), await called()]).toEqual([
      200,
      'Spring 2027, CERT Tartu',
    ])
    for (const bad of ['a\nb', ' ', 'x'.repeat(81)]) expect(await name(a, bad)).toBe(400)
    expect([await name('none', 'x'), await name(a, 'x', 'wrong')]).toEqual([404, 401])
    expect(await name(a, 'x', await records.token(a, 'white'))).toBe(401)
    expect((await records.ledger(a)).at(-1)).toMatchObject({
      type: 'exercise.named',
      data: { name: 'Spring 2027, CERT Tartu' },
    })
    expect([await name(a, null), await called()]).toEqual([200, null])
    expect([await archive(a, false), await put()]).toEqual([200, []])
    // Of records alone the newest is what a guest comes to.
    expect((await records.list()).find(({ current }) => current)).toMatchObject({ id: b, open: false })
    for (const id of [b, a])
      expect((await records.fetch(`/api/exercises/${id}`, KEY, { method: 'DELETE' })).status).toBe(200)
    expect((await records.fetch('/api/exercise')).status).toBe(404)
  })

  test('does not give up an exercise because another scenario is asked for', async () => {
    const { log, events } = openMemoryLog()
    const scenario = scenarioFolder()
    const first = await startHere(log, { place: scenario.place })
    await first.platform.close()
    const before = events.length
    const other = join(SMALL, '../storm-over-meremaa')
    const refused = await startHere(log, { place: { folder: other, packs: [] } }).catch((error) => error)
    expect(refused).toBeInstanceOf(CannotTakeUp)
    expect(String(refused)).toContain(`--scenario ${scenario.place.folder}`)
    expect(String(refused)).toContain(`open --scenario ${other}`)
    expect(events.length).toBe(before)
  })

  test('leaves an exercise beside it alone whose scenario was changed, until that is put back or it is given up', async () => {
    const { log } = openMemoryLog()
    const scenario = scenarioFolder()
    const first = await startHere(log)
    const a = first.platform.exercises.current
    const b = await openBeside(first, scenario.place)
    const white = await first.token(b, 'white')
    await first.platform.close()
    const before = (await first.ledger(b)).length

    scenario.change()
    const without = await startHere(log)
    expect(await phases(without)).toEqual({ [a]: 'running', [b]: 'left record' })
    expect(without.told.join('\n')).toMatch(new RegExp(`${b} stays as it is.*scenario/added\\.md`))
    expect(without.ranges.done).toContain(`sweep keeps ${[a, b].toSorted().join(' ')}`)
    expect((await without.fetch(`/api/exercises/${b}/ledger`, white)).status).toBe(200)
    expect((await without.ledger(b)).length).toBe(before)
    await without.platform.close()

    scenario.putBack()
    const whole = await startHere(log)
    await whole.platform.exercises.opened(b)?.deployed
    expect(await phases(whole)).toEqual({ [a]: 'running', [b]: 'running' })
    await whole.platform.close()

    scenario.change()
    const last = await startHere(log)
    expect(await refusalOf(await last.close(b))).toMatchObject({ code: 'not-ended' })
    expect((await last.close(b, true)).status).toBe(200)
    expect(last.ranges.done).toContain(`remove ${b}`)
    expect(await phases(last)).toEqual({ [a]: 'running', [b]: 'ended record' })
    expect((await last.exercise(b)).phase).toBe('ended')
  })
})

describe('one of two exercises', () => {
  test('ends and is put away while the other goes on, and stays to be read', async () => {
    const { log } = openMemoryLog()
    const here = await startHere(log)
    const a = here.platform.exercises.current
    const b = await openBeside(here, { folder: SMALL })
    const [team] = (await here.exercise(b)).teams.map(({ id }) => id)
    const white = await here.token(b, 'white')
    const blue = here.join({ exercise: b, token: await here.token(b, 'blue', team) })
    const feed = follow(blue)
    await connected(blue)
    expect(await refusalOf(await here.close(b))).toMatchObject({ code: 'not-ended' })

    const command = (id: string, token: string, type: string, data: object) =>
      here.fetch(`/api/exercises/${id}/commands`, token, {
        method: 'POST',
        body: JSON.stringify({ type, data }),
      })
    expect((await command(b, white, 'end-exercise', { reason: 'done' })).status).toBe(200)
    expect(await phases(here)).toEqual({ [a]: 'running', [b]: 'ended' })
    // Ended, and its enclaves stand: people may still look at them.
    expect(here.ranges.done).not.toContain(`destroy ${b}`)

    const back = connected(blue)
    expect((await here.close(b)).status).toBe(200)
    expect(here.ranges.done).toContain(`destroy ${b}`)
    expect(here.ranges.done).not.toContain(`destroy ${a}`)
    expect(here.ranges.done).not.toContain(`close ${a}`)
    expect(await phases(here)).toEqual({ [a]: 'running', [b]: 'ended record' })
    await back
    await expect.poll(() => feed.cursor).toBeGreaterThan(0)

    const last = (await here.ledger(b)).length
    expect(await refusalOf(await command(b, white, 'add-note', { text: 'late' }))).toMatchObject({
      code: 'record',
    })
    const service = here.platform.current.engine.state().scenario.services[0]?.id ?? ''
    const opening = await blue.timeout(2_000).emitWithAck('terminal-open', { service, cols: 80, rows: 24 })
    expect(opening).toMatchObject({ ok: false, refusal: { code: 'record' } })
    expect(await refusalOf(await here.fetch(`/api/exercises/${b}/logs?team=${team}`, white))).toMatchObject({
      code: 'record',
    })
    expect((await here.ledger(b)).length).toBe(last)
    expect((await command(a, await here.token(a, 'white'), 'add-note', { text: 'on' })).status).toBe(200)
    expect(await refusalOf(await here.close(b))).toMatchObject({ code: 'not-open' })

    await here.platform.close()
    const again = await startHere(log)
    expect(await phases(again)).toEqual({ [a]: 'running', [b]: 'ended record' })
    expect((await again.fetch(`/api/exercises/${b}/ledger`, white)).status).toBe(200)
    const reader = again.join({ exercise: b, token: white })
    const read = follow(reader)
    await expect.poll(() => read.cursor).toBe(last)
    expect(read.trouble).toEqual([])
  })

  test('the current one can be put away too: old paths then read its record', async () => {
    const here = await startHere(openMemoryLog().log)
    const a = here.platform.exercises.current
    const b = await openBeside(here, { folder: SMALL })
    expect((await here.close(a, true)).status).toBe(200)
    expect(await phases(here)).toEqual({ [a]: 'ended record', [b]: 'running' })
    expect(await (await here.fetch('/api/exercise')).json()).toMatchObject({ id: a, phase: 'ended' })
    expect(await (await here.fetch('/healthz')).json()).toMatchObject({ ok: true, phase: 'ended' })
    await connected(here.join())
    expect((await here.exercise(b)).phase).toBe('running')
  })
})

describe('who may open and put away', () => {
  test('is said in the document of the interface, which is valid', async () => {
    const here = await startHere(openMemoryLog().log)
    const document = (await (await here.fetch('/api/openapi.json')).json()) as {
      paths: Record<string, Record<string, { operationId: string; security: object[] }>>
    }
    expect(await new Validator().validate(document)).toMatchObject({ valid: true })
    expect(Object.keys(document.paths).toSorted()).toEqual(
      [
        '/healthz',
        '/api/openapi.json',
        '/api/exercise',
        '/api/exercises',
        '/api/scenarios',
        '/api/comparison',
        '/api/comparison/csv',
        '/api/exercises/{exercise}',
        '/api/exercises/{exercise}/archive',
        '/api/exercises/{exercise}/name',
        '/api/exercises/{exercise}/close',
        '/api/join',
        ...['/api', '/api/exercises/{exercise}'].flatMap((base) =>
          [
            ...['ledger', 'commands', 'samples', 'logs', 'seats', 'seats/{seat}/code'],
            ...['briefing', 'changes', 'files', 'files/{sha256}', 'ssh', 'ssh/keys'],
            ...['recording', 'report', 'report/table', 'report/text', 'report/pdf', 'report/layer'],
            ...[
              'sources',
              'sources/file',
              'sources/looks',
              'sources/restart',
              'sources/texts',
              'traffic',
              'traffic/file',
            ],
            ...['terminals', 'terminals/{cast}/recording'],
          ].map((what) => `${base}/${what}`),
        ),
      ].toSorted(),
    )
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    expect(document.paths['/api/exercises']?.post?.security).toEqual([{ operator: [] }])
    expect(document.paths['/api/exercises/{exercise}/ledger']?.get?.security).toEqual([{ seat: [] }])
  })

  test('is who has the operator’s key, and nobody by a seat', async () => {
    const here = await startHere(openMemoryLog().log)
    const a = here.platform.exercises.current
    const white = await here.token(a, 'white')
    const body = JSON.stringify({ folder: SMALL })
    for (const token of [undefined, 'x', white]) {
      expect((await here.fetch('/api/exercises', token, { method: 'POST', body })).status).toBe(401)
      const close = await here.fetch(`/api/exercises/${a}/close`, token, {
        method: 'POST',
        body: '{"end":true}',
      })
      expect(close.status).toBe(401)
    }
    expect(await phases(here)).toEqual({ [a]: 'running' })
  })

  test('is told what is wrong with a scenario, and an exercise that does not come up can be given up', async () => {
    const here = await startHere(openMemoryLog().log)
    const a = here.platform.exercises.current
    const none = await here.open({ folder: '/no/such/scenario' })
    expect([none.status, await refusalOf(none)]).toMatchObject([409, { code: 'scenario-invalid' }])
    expect((await here.open({ folder: SMALL, teams: 99 })).status).toBe(400)
    expect((await here.open({ folder: SMALL, unknown: 1 })).status).toBe(400)
    here.ranges.failNext('no room')
    const b = ((await (await here.open({ folder: SMALL, teams: 1 })).json()) as { id: string }).id
    await expect.poll(() => here.told.join('\n')).toMatch(new RegExp(`${b} did not come up.*no room`))
    expect(await phases(here)).toEqual({ [a]: 'running', [b]: 'created' })
    expect((await here.close(b, true)).status).toBe(200)
    expect(await phases(here)).toEqual({ [a]: 'running', [b]: 'ended record' })
  })
})
