import { once } from 'node:events'
import { describe, expect, test } from 'vitest'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { redact } from '../../server/exercise/ledger/audience.ts'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import type { EventBatch, SocketAuth, TerminalReply } from '../../server/exercise/wire/protocol.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { white } from '../kit/actors.ts'
import { type Client, connected, follow, refusedBy } from '../live/fixture.ts'
import { type PlatformHere, SMALL, startHere } from './platform-here.ts'

/** Two exercises of one scenario, so that every team, service and attack of one has its namesake in the other. */
async function startTwo(): Promise<{ here: PlatformHere; a: string; b: string; team: string }> {
  const here = await startHere(openMemoryLog().log, { autostart: false })
  const a = here.platform.exercises.current
  const opened = await here.open({ folder: SMALL, teams: 1, autostart: false })
  expect(opened.status).toBe(201)
  const { id: b, url } = (await opened.json()) as { id: string; url: string }
  expect(url).toBe(`${here.platform.url}/#/e/${b}`)
  await here.platform.exercises.opened(b)?.deployed
  const [team] = (await here.exercise(a)).teams.map(({ id }) => id)
  return { here, a, b, team: team ?? '' }
}

const command = (here: PlatformHere, id: string, token: string, type: string, data: object) =>
  here.fetch(`/api/exercises/${id}/commands`, token, { method: 'POST', body: JSON.stringify({ type, data }) })

const plain = (events: readonly Recorded[]) => JSON.parse(JSON.stringify(events)) as unknown

describe('two exercises in one platform', () => {
  test('are listed, and run each by itself', async () => {
    const { here, a, b } = await startTwo()
    const list = await here.list()
    expect(list.map(({ id, open, current, phase }) => [id, open, current, phase])).toEqual([
      [a, true, true, 'ready'],
      [b, true, false, 'ready'],
    ])
    expect(list[1]).toMatchObject({ scenario: 'first-watch', title: { en: expect.any(String) } })
    const white = await here.token(b, 'white')
    expect((await command(here, b, white, 'start-exercise', {})).status).toBe(200)
    expect((await here.exercise(b)).phase).toBe('running')
    expect((await here.exercise(a)).phase).toBe('ready')
    expect((await here.list()).map(({ phase }) => phase)).toEqual(['ready', 'running'])
  })

  test('old paths mean the current one, and an id that there is not is said', async () => {
    const { here, a } = await startTwo()
    const ids = async (path: string) => ((await (await here.fetch(path)).json()) as { id: string }).id
    expect(await ids('/api/exercise')).toBe(a)
    expect(await (await here.fetch('/healthz')).json()).toMatchObject({ exercise: a })
    const none = await here.fetch('/api/exercises/none/ledger', await here.token(a, 'white'))
    expect([none.status, await none.json()]).toMatchObject([404, { refusal: { code: 'no-such-exercise' } }])
    expect(await refusedBy(here.join({ exercise: 'none' }))).toMatchObject({ code: 'no-such-exercise' })
  })

  test('a token of one opens nothing of the other, whatever its seat', async () => {
    const { here, a, b } = await startTwo()
    const statusOf = async (id: string, path: string, token: string) =>
      (await here.fetch(`/api/exercises/${id}${path}`, token)).status
    // Who fails often is turned away for it: what all seats have in common is asked with one of each kind.
    for (const [mine, other] of [
      [a, b],
      [b, a],
    ] as const)
      for (const { token, seat } of await here.links(mine)) {
        expect([seat, await statusOf(other, '/ledger', token)]).toEqual([seat, 401])
        expect([seat, await statusOf(mine, '/ledger', token)]).toEqual([seat, 200])
        expect(await refusedBy(here.join({ exercise: other, token }))).toMatchObject({
          code: 'unknown-token',
        })
      }
  })

  test('the white token of one opens no path of the other, and none of those without an exercise', async () => {
    const { here, a, b } = await startTwo()
    const token = await here.token(b, 'white')
    for (const base of [`/api/exercises/${a}`, '/api']) {
      for (const path of ['/ledger', '/seats', '/samples?team=x&service=y', '/logs?team=x'])
        expect([path, (await here.fetch(base + path, token)).status]).toEqual([path, 401])
      const body = JSON.stringify({ type: 'add-note', data: { text: 'x' } })
      expect((await here.fetch(`${base}/commands`, token, { method: 'POST', body })).status).toBe(401)
    }
    expect(await refusedBy(here.join({ token }))).toMatchObject({ code: 'unknown-token' })
    await connected(here.join({ token: await here.token(a, 'white') }))
  })

  test('every socket receives its own exercise as its seat may know it, and nothing of the other', async () => {
    const { here, a, b, team } = await startTwo()
    const audiences: readonly Audience[] = [
      { seat: 'white' },
      { seat: 'blue', team },
      { seat: 'observer' },
      { seat: 'guest' },
    ]
    const feeds = []
    for (const id of [a, b])
      for (const audience of audiences) {
        const auth: SocketAuth = { exercise: id, token: await here.token(id, audience.seat) }
        const client = here.join(auth)
        feeds.push({ id, audience, client, feed: follow(client) })
      }
    for (let round = 0; round < 12; round += 1)
      for (const id of round % 3 === 0 ? [b, b, a] : [a, b]) {
        const engine = here.platform.exercises.opened(id)?.engine
        await engine?.submit({ type: 'add-note', data: { text: `only of ${id}, ${round}` } }, white())
        const verdict = round % 2 === 0 ? ('down' as const) : ('up' as const)
        const [service] = engine?.state().scenario.services ?? []
        const journey = service?.journeys.find(({ alive }) => alive)?.id ?? ''
        const results = [1, 2].map(() => ({ verdict, evidence: null }))
        await engine?.submit(
          { type: 'report-check', data: { team, service: service?.id ?? '', journey, results } },
          PLATFORM,
        )
      }
    for (const { id, audience, client, feed } of feeds) {
      const sofar = (await here.ledger(id)).at(-1)?.position ?? 0
      await expect.poll(() => feed.cursor).toBeGreaterThanOrEqual(sofar)
      const batch: EventBatch = await client.timeout(2_000).emitWithAck('catch-up', 0)
      // The exercise goes on meanwhile: what is compared is what both have, up to here.
      const upTo = (events: readonly Recorded[]) => events.filter(({ position }) => position <= sofar)
      const allowed = upTo(await here.ledger(id)).flatMap((event) => redact(event, audience) ?? [])
      expect(upTo(feed.events), `${id} ${audience.seat}`).toEqual(plain(allowed))
      expect(feed.trouble).toEqual([])
      expect(upTo(batch.events)).toEqual(plain(allowed))
    }
    expect(JSON.stringify(await here.ledger(a))).not.toContain(`only of ${b}`)
  })

  test('a revoked seat is sent away from its own exercise only, also where seats have one name', async () => {
    const { here, a, b, team } = await startTwo()
    const engines = [a, b].map((id) => here.platform.exercises.opened(id)?.engine)
    for (const engine of engines)
      await engine?.submit(
        { type: 'issue-seat', data: { seatId: 'same', seat: 'blue', team, label: 'Same' } },
        white(),
      )
    const clients: Client[] = []
    for (const id of [a, b]) {
      const token = (await here.links(id)).find(({ seatId }) => seatId === 'same')?.token ?? ''
      clients.push(here.join({ exercise: id, token }))
    }
    await Promise.all(clients.map(connected))
    const goodbye = once(clients[0] as never, 'goodbye')
    await engines[0]?.submit({ type: 'revoke-seat', data: { seatId: 'same' } }, white())
    expect(await goodbye).toEqual(['revoked-token'])
    await expect.poll(() => clients[0]?.connected).toBe(false)
    expect(await clients[1]?.timeout(2_000).emitWithAck('catch-up', 0)).toBeTruthy()
  })

  test('terminals and logs are of the own exercise', async () => {
    const { here, a, b, team } = await startTwo()
    const service = here.platform.current.engine.state().scenario.services[0]?.id ?? ''
    // Before that terminals are for looking only.
    for (const id of [a, b])
      await here.platform.exercises.opened(id)?.engine.submit({ type: 'start-exercise', data: {} }, white())
    const tokens = await Promise.all([a, b].map((id) => here.token(id, 'blue', team)))
    const [inA, inB] = [a, b].map((exercise, i) => here.join({ exercise, token: tokens[i] ?? '' }))
    if (!inA || !inB) throw new Error('no sockets')
    await Promise.all([connected(inA), connected(inB)])
    const size = { service, cols: 80, rows: 24 }
    const opened: TerminalReply = await inA.timeout(2_000).emitWithAck('terminal-open', size)
    expect(opened.ok).toBe(true)
    const { terminal = '', key = '' } = opened
    const heard: string[] = []
    inB.on('terminal-data', (name) => heard.push(name))
    expect(await inB.timeout(2_000).emitWithAck('terminal-open', { ...size, terminal, key })).toMatchObject({
      ok: false,
      refusal: { code: 'no-such-terminal' },
    })
    const drawn = once(inA as never, 'terminal-data')
    inB.emit('terminal-input', terminal, 'fix tax/from-b\n', 0, () => undefined)
    inA.emit('terminal-input', terminal, `fix ${service}/from-a\n`, 0, () => undefined)
    await drawn
    expect([...(here.ranges.ranges.get(a)?.fixed ?? [])]).toEqual([`${team}/${service}/from-a`])
    expect([...(here.ranges.ranges.get(b)?.fixed ?? [])]).toEqual([])
    expect(heard).toEqual([])
    const openTerminals = (id: string) =>
      here.platform.exercises.opened(id)?.engine.state().teams[0]?.terminals.length
    expect([openTerminals(a), openTerminals(b)]).toEqual([1, 0])
    // What it printed is in the recordings of its own exercise, whoever's key asks.
    const recordedIn = async (id: string, i: number) =>
      (await here.fetch(`/api/exercises/${id}/terminals/${terminal}/recording`, tokens[i])).status
    await expect.poll(() => recordedIn(a, 0)).toBe(200)
    expect([await recordedIn(b, 1), await recordedIn(a, 1), await recordedIn(b, 0)]).toEqual([404, 401, 401])
    for (const [i, id] of [a, b].entries()) {
      const page = await here.fetch(`/api/exercises/${id}/logs?team=${team}`, tokens[i])
      expect(await page.json()).toMatchObject({ lines: [{ line: `of ${id}` }] })
    }
    expect(here.ranges.searched.map(({ exerciseId }) => exerciseId)).toEqual([a, b])
  })
})
