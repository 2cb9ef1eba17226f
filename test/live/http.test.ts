import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { NO_CITIZENS } from '../../server/engine/ports/citizens.ts'
import type { LogSearch } from '../../server/engine/ports/log-search.ts'
import { redact } from '../../server/exercise/ledger/audience.ts'
import {
  exerciseResponse,
  healthResponse,
  ledgerResponse,
  refusedResponse,
  seatsResponse,
} from '../../server/live/http/responses.ts'
import { LiveProblem, openLive } from '../../server/live/live.ts'
import { white } from '../kit/actors.ts'
import { exercisesOf } from '../kit/exercises-of.ts'
import { connected, EXERCISE, openWorld, stir, type World } from './fixture.ts'

const post = (world: World, body: string, seat?: Parameters<World['fetch']>[1]) =>
  world.fetch('/api/commands', seat, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })

async function refused(response: Response): Promise<{ status: number; code: string; message: string }> {
  const { refusal } = refusedResponse.parse(await response.json())
  expect(refusal.message.length).toBeGreaterThan(20)
  return { status: response.status, code: refusal.code, message: refusal.message }
}

describe('HTTP interface', () => {
  it('tells its health and the exercise to everybody', async () => {
    const world = await openWorld()
    expect(healthResponse.parse(await (await world.fetch('/healthz')).json())).toEqual({
      ok: true,
      exercise: 'ex-1',
      phase: 'running',
    })
    const exercise = exerciseResponse.parse(await (await world.fetch('/api/exercise')).json())
    expect(exercise).toMatchObject({ id: 'ex-1', scenario: 'small', phase: 'running' })
    expect(exercise.teams.map((team) => team.services.map((service) => service.id))).toEqual([
      ['register', 'tax'],
      ['register', 'tax'],
    ])
  })

  it('an address that is none is refused like everything else, and is no fault of the platform', async () => {
    const faults: unknown[] = []
    const world = await openWorld({ live: { log: { warn: (fields) => faults.push(fields) } } })
    for (const [path, seat] of [
      ['/api/exercises/%00', undefined],
      ['/api/exercises/ex-1%00/ledger', 'white'],
      ['/api/samples?team=red&service=%00', 'white'],
      ['/api/logs?team=red&q=%00', 'white'],
      ['/%zz', undefined],
      ['/api/exercises/%ff', undefined],
    ] as const)
      expect([path, await refused(await world.fetch(path, seat))]).toMatchObject([
        path,
        { status: 400, code: 'malformed' },
      ])
    expect(faults).toEqual([])
  })

  it('nothing of the interface is kept by a browser, however its address is written', async () => {
    const world = await openWorld()
    for (const path of ['/api/ledger?limit=1', '/%61pi/ledger?limit=1']) {
      const { status, headers } = await world.fetch(path, 'white')
      expect([path, status, headers.get('cache-control')]).toEqual([path, 200, 'no-store'])
    }
  })

  it('gives the ledger in pages, cut to what the seat may know', async () => {
    const world = await openWorld()
    await stir(world, 10)
    for (const [seat, audience] of [
      ['white', { seat: 'white' }],
      ['blue-red', { seat: 'blue', team: 'red' }],
      ['guest', { seat: 'guest' }],
    ] as const) {
      const seen: unknown[] = []
      for (let cursor = 0; ; ) {
        const page = ledgerResponse.parse(
          await (await world.fetch(`/api/ledger?after=${cursor}&limit=7`, seat)).json(),
        )
        if (page.cursor === cursor) break
        expect(page.after).toBe(cursor)
        seen.push(...page.events)
        cursor = page.cursor
      }
      const ledger = await world.engine.events(0, 10_000)
      const allowed = ledger.map((event) => redact(event, audience)).filter((event) => event !== null)
      expect(seen).toEqual(JSON.parse(JSON.stringify(allowed)))
    }
    expect(await (await world.fetch('/api/ledger?after=99999', 'white')).json()).toEqual({
      after: 99_999,
      cursor: 99_999,
      events: [],
    })
  })

  it('reads so many pages for a seat at once, and for the others all the same', async () => {
    const world = await openWorld()
    const asked = await Promise.all(Array.from({ length: 80 }, () => world.fetch('/api/ledger', 'guest')))
    expect(new Set(asked.map(({ status }) => status))).toEqual(new Set([200, 429]))
    expect((await world.fetch('/api/ledger', 'blue-red')).status).toBe(200)
  })

  it('refuses a missing, unknown, forged or revoked token, and a query that is no good', async () => {
    const world = await openWorld()
    const withToken = (token: string) =>
      fetch(`${world.live.url}/api/ledger`, { headers: { authorization: `Bearer ${token}` } })
    expect(await refused(await world.fetch('/api/ledger'))).toMatchObject({ status: 401, code: 'no-token' })
    expect(await refused(await withToken('nothing'))).toMatchObject({ status: 401, code: 'unknown-token' })
    const red = world.token('blue-red')
    expect(await refused(await withToken(`${red}x`))).toMatchObject({ status: 401, code: 'unknown-token' })
    await world.give({ type: 'revoke-seat', data: { seatId: 'blue-red' } }, white())
    expect(await refused(await withToken(red))).toMatchObject({ status: 401, code: 'revoked-token' })
    for (const query of ['after=-1', 'after=x', 'limit=0', 'limit=1000000', 'cursor=1'])
      expect(await refused(await world.fetch(`/api/ledger?${query}`, 'white'))).toMatchObject({
        status: 400,
        code: 'malformed',
      })
  })

  it('takes commands, and refuses them with status, code and how to mend it', async () => {
    const world = await openWorld()
    const note = JSON.stringify({ type: 'add-note', data: { text: 'over http' } })
    const done = await post(world, note, 'white')
    expect(done.status).toBe(200)
    expect(await done.json()).toEqual({ ok: true, cursor: world.engine.state().position })
    expect(world.engine.state().notes.at(-1)).toMatchObject({ text: 'over http', by: white() })

    expect(await refused(await post(world, note))).toMatchObject({ status: 401, code: 'no-token' })
    expect(await refused(await post(world, note, 'observer'))).toMatchObject({
      status: 403,
      code: 'not-allowed',
    })
    const sea = JSON.stringify({ type: 'change-pilot', data: { team: 'sea', pilot: 'person' } })
    expect(await refused(await post(world, sea, 'blue-red'))).toMatchObject({
      status: 403,
      code: 'not-your-team',
    })
    const start = JSON.stringify({ type: 'start-exercise', data: {} })
    expect(await refused(await post(world, start, 'white'))).toMatchObject({
      status: 409,
      code: 'wrong-phase',
    })
    for (const body of ['', '{', '[]', 'null', '{"type":"add-note"}', '{"type":"drop-database","data":{}}'])
      expect(await refused(await post(world, body, 'white')), body).toMatchObject({
        status: 400,
        code: 'malformed',
      })
    const huge = JSON.stringify({ type: 'add-note', data: { text: 'x'.repeat(70_000) } })
    expect(await refused(await post(world, huge, 'white'))).toMatchObject({ status: 413, code: 'too-large' })
    expect(world.faults).toEqual([])
  })

  it('takes so many commands from a seat at once, and from the others all the same', async () => {
    const world = await openWorld()
    const take = (seat: 'blue-red' | 'blue-sea') => {
      const pilot = { team: seat.slice(5), pilot: 'person' }
      return post(world, JSON.stringify({ type: 'change-pilot', data: pilot }), seat)
    }
    const flood = await Promise.all(Array.from({ length: 80 }, () => take('blue-red')))
    expect(new Set(flood.map((answer) => answer.status))).toEqual(new Set([200, 429]))
    expect((await take('blue-sea')).status).toBe(200)
  })

  it('gives the join links to white only', async () => {
    const world = await openWorld()
    const { seats } = seatsResponse.parse(await (await world.fetch('/api/seats', 'white')).json())
    expect(seats.map((seat) => seat.seatId)).toEqual(['white', 'blue-red', 'blue-sea', 'observer', 'guest'])
    for (const { url, token } of seats) expect(url).toBe(`${world.live.url}/#/join/${token}`)
    expect(await refused(await world.fetch('/api/seats', 'blue-red'))).toMatchObject({ status: 403 })
  })

  it('describes itself in a valid OpenAPI 3.1 document', async () => {
    const takeaway = { export: async () => null, dump: () => Readable.from([]) }
    const world = await openWorld({ live: { takeaway } })
    const document = (await (await world.fetch('/api/openapi.json')).json()) as Record<string, unknown>
    const validator = new Validator()
    expect(await validator.validate(document)).toMatchObject({ valid: true })
    expect(validator.version).toBe('3.1')
    expect(Object.keys(document.paths as object)).toEqual(
      expect.arrayContaining([
        '/healthz',
        '/api/exercise',
        '/api/ledger',
        '/api/commands',
        '/api/seats',
        '/api/export',
        '/api/dump',
      ]),
    )
  })

  it('serves the pages with a strict policy; the index is never stale, hashed assets are kept', async () => {
    const world = await openWorld()
    const html = { headers: { accept: 'text/html' } }
    for (const path of ['/', '/team/red', '/index.html']) {
      const page = await world.fetch(path, undefined, html)
      expect(page.status).toBe(200)
      expect(await page.text()).toContain('<title>Kilp</title>')
      expect(page.headers.get('cache-control')).toBe('no-cache')
      expect(page.headers.get('content-security-policy')).toMatch(
        /default-src 'none'.*script-src 'self';.*frame-ancestors 'none'/,
      )
      expect(page.headers.get('x-content-type-options')).toBe('nosniff')
      expect(page.headers.get('referrer-policy')).toBe('no-referrer')
      expect(page.headers.get('x-frame-options')).toBe('DENY')
      expect(page.headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(page.headers.get('cross-origin-resource-policy')).toBe('same-origin')
      expect(page.headers.get('permissions-policy')).toContain('microphone=()')
      // That a name is served by TLS alone is for the proxy to say.
      expect(page.headers.get('strict-transport-security')).toBeNull()
    }
    const asset = await world.fetch('/assets/app-1a2b3c.js')
    expect(asset.headers.get('cache-control')).toContain('immutable')
    expect(await refused(await world.fetch('/assets/none.js'))).toMatchObject({ status: 404 })
    expect(await refused(await world.fetch('/api/none', undefined, html))).toMatchObject({ status: 404 })
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/assets/..%2f..%2f..%2fetc/passwd'])
      expect(await rawGet(world, path), path).not.toMatch(/"name"|root:/)
  })

  it('says so when the pages are not built', async () => {
    const world = await openWorld({ live: { webDir: '/nowhere/at/all' } })
    const page = await world.fetch('/', undefined, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(503)
    expect((await world.fetch('/healthz')).status).toBe(200)
  })

  it('does not answer for another host, nor to pages of other sites', async () => {
    const world = await openWorld()
    const port = new URL(world.live.url).port
    const status = async (headers: Record<string, string>) => {
      const asked = request(`${world.live.url}/api/exercise`, { headers }).end()
      const [response] = await once(asked, 'response')
      await text(response)
      return response.statusCode as number
    }
    expect(await status({ host: `localhost:${port}` })).toBe(200)
    expect(await status({ host: 'evil.example' })).toBe(403)
    expect(await status({ host: `127.0.0.1.evil.example:${port}` })).toBe(403)
    expect(await status({ origin: 'http://evil.example' })).toBe(403)
    expect(await status({ origin: 'null' })).toBe(403)
    expect(await status({ origin: world.live.url })).toBe(200)
  })

  it('is reached by the name of a proxy before it, and gives join links of that name', async () => {
    const world = await openWorld({ live: { publicUrl: 'https://range.example' } })
    const headers = { host: 'range.example', origin: 'https://range.example' }
    const asked = request(`${world.live.url}/api/exercise`, { headers }).end()
    const [response] = await once(asked, 'response')
    expect(response.statusCode).toBe(200)
    await text(response)
    await connected(world.join({}, { Host: 'range.example', Origin: 'https://range.example' }))
    const { seats } = seatsResponse.parse(await (await world.fetch('/api/seats', 'white')).json())
    for (const { url, token } of seats) expect(url).toBe(`https://range.example/#/join/${token}`)
  })

  it('refuses huge headers and goes on', async () => {
    const world = await openWorld()
    expect(await rawGet(world, '/healthz', `X-Long: ${'x'.repeat(40_000)}\r\n`)).toContain('431')
    expect((await world.fetch('/healthz')).status).toBe(200)
  })

  it('says clearly that a port is in use', async () => {
    const world = await openWorld()
    const port = Number(new URL(world.live.url).port)
    const { engine, store } = world
    const none = () => Promise.reject(new Error('none'))
    const terminals = { open: none, close: () => Promise.resolve(), login: none, followed: none }
    const exercise = {
      engine,
      terminals,
      citizens: NO_CITIZENS,
      searchLogs: async () => null,
      changes: async () => null,
      sources: null,
      captures: null,
      record: false,
    }
    const taken = openLive({
      host: '127.0.0.1',
      port,
      webDir: '/nowhere',
      exercises: exercisesOf(exercise),
      store,
      log: { warn: () => undefined },
    })
    await expect(taken).rejects.toBeInstanceOf(LiveProblem)
    await expect(taken).rejects.toThrow(`Port ${port} of 127.0.0.1 is in use`)
  })
})

/** A request as written, without a client's own tidying of the path. */
async function rawGet(world: World, path: string, headers = ''): Promise<string> {
  const { hostname, port } = new URL(world.live.url)
  const socket = connect(Number(port), hostname)
  socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n${headers}Connection: close\r\n\r\n`)
  return text(socket)
}

it('samples of a service: white all, blue its own, others none', async () => {
  const world = await openWorld()
  const evidence = { step: '1', sent: 'GET /', received: '500', expected: '200', ms: 2 }
  const sample = {
    at: 1,
    wall: 2,
    team: 'red',
    service: 'tax',
    journey: 'file',
    verdict: 'broken',
    ms: 3,
    evidence,
  } as const
  await world.store.addSamples(EXERCISE, [sample])
  const path = '/api/samples?team=red&service=tax'
  expect(await (await world.fetch(path, 'white')).json()).toEqual({ samples: [sample] })
  expect((await world.fetch(path, 'blue-red')).status).toBe(200)
  for (const seat of ['blue-sea', 'observer', 'guest'] as const)
    expect((await world.fetch(path, seat)).status).toBe(403)
  expect((await world.fetch(path)).status).toBe(401)
  expect((await world.fetch('/api/samples?team=red', 'white')).status).toBe(400)
})

it('a range of a log is asked for in exercise time, and lines say theirs', async () => {
  const asked: LogSearch[] = []
  const lines: { id: number; at: string; service: string; line: string }[] = []
  const world = await openWorld({
    logs: async (_team, search) => {
      asked.push(search)
      return { lines, services: ['tax'] }
    },
  })
  const wall = world.engine.state().clock[0]?.wall ?? 0
  expect(Date.now() - wall).toBeLessThan(60_000)
  lines.push(
    { id: 3, at: 'what root wrote', service: 'tax', line: 'GET /' },
    { id: 2, at: new Date(wall + 90_000).toISOString(), service: 'tax', line: 'GET /' },
    { id: 1, at: new Date(wall - 1).toISOString(), service: 'tax', line: 'GET /' },
  )
  const reply = await world.fetch('/api/logs?team=red&from=80000&to=100000', 'blue-red')
  const page = (await reply.json()) as { lines: { atMs: number | null }[] }
  expect(page.lines.map(({ atMs }) => atMs)).toEqual([null, 90_000, null])
  expect(asked[0]).toMatchObject({ fromWall: wall + 80_000, toWall: wall + 100_000 })
  expect((await world.fetch('/api/logs?team=red&from=-1', 'blue-red')).status).toBe(400)
  for (const late of ['from=8999999999999999', 'to=8999999999999999'])
    expect((await world.fetch(`/api/logs?team=red&${late}`, 'blue-red')).status).toBe(400)
})

it('logs of a team: white all, blue its own, others none; a silent collector is said, and searches are bounded', async () => {
  const asked: unknown[] = []
  const page = {
    lines: [{ id: 7, at: '2026-01-01T00:00:00Z', service: 'tax', line: 'GET /' }],
    services: ['tax'],
  }
  const world = await openWorld({
    logs: async (team, search) => {
      asked.push([team, search])
      return team === 'red' ? page : null
    },
  })
  const path = '/api/logs?team=red&q=GET%20/&service=tax&limit=5'
  const timeless = { ...page, lines: page.lines.map((line) => ({ ...line, atMs: null })) }
  expect(await (await world.fetch(path, 'white')).json()).toEqual(timeless)
  expect(await (await world.fetch(path, 'blue-red')).json()).toEqual(timeless)
  expect(asked[0]).toEqual(['red', { q: 'GET /', service: 'tax', limit: 5 }])
  expect(await refused(await world.fetch(path, 'blue-sea'))).toMatchObject({
    status: 403,
    code: 'not-your-team',
  })
  expect(await refused(await world.fetch(path, 'observer'))).toMatchObject({ status: 403 })
  expect(await refused(await world.fetch(path))).toMatchObject({ status: 401 })
  expect(await refused(await world.fetch('/api/logs?team=sea', 'white'))).toMatchObject({
    status: 503,
    code: 'no-logs',
  })
  expect(await refused(await world.fetch('/api/logs?team=red&limit=1000', 'white'))).toMatchObject({
    status: 400,
  })
  expect(asked).toHaveLength(3)
  const many = await Promise.all(Array.from({ length: 30 }, () => world.fetch(path, 'blue-red')))
  expect(many.filter(({ status }) => status === 429).length).toBeGreaterThan(10)
})
