import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import type { Socket as TcpSocket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { EventLog } from '../../server/engine/ports/ports.ts'
import { redact } from '../../server/exercise/ledger/audience.ts'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import type { ClockBeat, EventBatch } from '../../server/exercise/wire/protocol.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { white } from '../kit/actors.ts'
import { connected, follow, openWorld, refusedBy, type SeatId, stir } from './fixture.ts'

const AUDIENCES: Readonly<Record<SeatId, Audience>> = {
  white: { seat: 'white' },
  'blue-red': { seat: 'blue', team: 'red' },
  'blue-sea': { seat: 'blue', team: 'sea' },
  observer: { seat: 'observer' },
  guest: { seat: 'guest' },
}

describe('live feed', () => {
  it('gives every audience its own redacted stream, and all of it', async () => {
    const world = await openWorld()
    const feeds = Object.entries(AUDIENCES).map(([seat, audience]) => ({
      audience,
      feed: follow(world.join({ token: world.token(seat as SeatId) })),
    }))
    const anonymous = follow(world.join())
    await stir(world, 20)
    const last = world.engine.state().position
    for (const { audience, feed } of [...feeds, { audience: AUDIENCES.guest, feed: anonymous }]) {
      await expect.poll(() => feed.cursor).toBe(last)
      const ledger = await world.engine.events(0, 10_000)
      const allowed = ledger.map((event) => redact(event, audience)).filter((event) => event !== null)
      expect(feed.trouble).toEqual([])
      expect(feed.events).toEqual(JSON.parse(JSON.stringify(allowed)))
    }
    const guest = JSON.stringify(anonymous.events)
    expect(guest).not.toMatch(/secret-path|white only|terminal\.opened|injection/)
    expect(JSON.stringify(feeds[1]?.feed.events)).toContain('secret-path')
    expect(JSON.stringify(feeds[2]?.feed.events)).not.toContain('secret-path')
  })

  it('hands over from catch-up to live without a gap or a double, under load and with pages of the ledger', async () => {
    const { log } = openMemoryLog()
    const slow: EventLog = {
      ...log,
      async read(exerciseId, after, limit) {
        await new Promise((resolve) => setTimeout(resolve, 15))
        return log.read(exerciseId, after, limit)
      },
    }
    const world = await openWorld({ live: { gatherMs: 50 }, store: slow })
    await stir(world, 700)
    const feeds: ReturnType<typeof follow>[] = []
    let joined = false
    const busy = (async () => {
      while (!joined) {
        await stir(world, 2)
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    })()
    for (let i = 0; i < 12; i += 1) {
      feeds.push(follow(world.join({ token: world.token(i % 2 === 0 ? 'white' : 'guest') })))
      await new Promise((resolve) => setTimeout(resolve, 7))
    }
    joined = true
    await busy
    const last = world.engine.state().position
    expect(last).toBeGreaterThan(2_500)
    for (const feed of feeds) {
      await expect.poll(() => feed.cursor).toBe(last)
      expect(feed.trouble).toEqual([])
    }
    expect(feeds[0]?.events.map((event) => event.position)).toEqual(
      Array.from({ length: last }, (_, i) => i + 1),
    )
  })

  it('goes on from its cursor after a drop', async () => {
    const world = await openWorld()
    await stir(world, 3)
    const first = world.join({ token: world.token('white') })
    const before = follow(first)
    await expect.poll(() => before.cursor).toBe(world.engine.state().position)
    first.disconnect()
    await stir(world, 3)
    const after = follow(world.join({ token: world.token('white'), cursor: before.cursor }), before.cursor)
    await stir(world, 1)
    await expect.poll(() => after.cursor).toBe(world.engine.state().position)
    expect(after.trouble).toEqual([])
    const both = [...before.events, ...after.events].map((event) => event.position)
    expect(both).toEqual(Array.from({ length: after.cursor }, (_, i) => i + 1))
  })

  it('never passes over what could not be published: the room sees the gap and catches up', async () => {
    let deaf = false
    const world = await openWorld({
      shown: (engine) => ({
        ...engine,
        onEvents: (call) => engine.onEvents((events) => (deaf ? undefined : call(events))),
      }),
    })
    const client = world.join({ token: world.token('white') })
    const batches: EventBatch[] = []
    client.on('events', (batch) => batches.push(batch))
    await stir(world, 1)
    const before = world.engine.state().position
    await expect.poll(() => batches.at(-1)?.cursor).toBe(before)
    deaf = true
    await stir(world, 1)
    deaf = false
    const missed = world.engine.state().position
    await stir(world, 1)
    await expect.poll(() => batches.at(-1)?.cursor).toBe(world.engine.state().position)
    expect(batches.find(({ cursor }) => cursor > before)?.after).toBe(missed)
    const page: EventBatch = await client.emitWithAck('catch-up', before)
    expect(page.events[0]?.position).toBe(before + 1)
    expect(page.cursor).toBe(world.engine.state().position)
  })

  it('starts over for a cursor from beyond the end', async () => {
    const world = await openWorld()
    const feed = follow(world.join({ token: world.token('white'), cursor: 1_000_000 }))
    await expect.poll(() => feed.cursor).toBe(world.engine.state().position)
    expect(feed.trouble).toEqual([])
  })

  it('answers catch-up with a page of the ledger', async () => {
    const world = await openWorld()
    await stir(world, 5)
    const client = world.join({ token: world.token('blue-red') })
    const feed = follow(client)
    await expect.poll(() => feed.cursor).toBe(world.engine.state().position)
    const batch: EventBatch = await client.timeout(2_000).emitWithAck('catch-up', 4)
    expect(batch.after).toBe(4)
    expect(batch.cursor).toBe(world.engine.state().position)
    const none = await client.timeout(2_000).emitWithAck('catch-up', batch.cursor)
    expect(none).toEqual({ after: batch.cursor, cursor: batch.cursor, events: [] })
  })

  it('answers one catch-up of a client at a time, and of those that came meanwhile the last', async () => {
    const { log } = openMemoryLog()
    const reading = { now: 0, most: 0, all: 0 }
    const slow: EventLog = {
      ...log,
      async read(exerciseId, after, limit) {
        reading.now += 1
        reading.all += 1
        reading.most = Math.max(reading.most, reading.now)
        await new Promise((resolve) => setTimeout(resolve, 50))
        reading.now -= 1
        return log.read(exerciseId, after, limit)
      },
    }
    const world = await openWorld({ store: slow })
    await stir(world, 3)
    const client = world.join({ token: world.token('white') })
    const feed = follow(client)
    await expect.poll(() => feed.cursor).toBe(world.engine.state().position)
    Object.assign(reading, { most: 0, all: 0 })
    const answered: number[] = []
    for (let after = 1; after <= 12; after += 1)
      client.emit('catch-up', after, (batch) => answered.push(batch.after))
    await expect.poll(() => answered).toEqual([1, 12])
    expect(reading).toEqual({ now: 0, most: 1, all: 2 })
  })

  it('tells the clock about twice a second, with the cursor', async () => {
    const world = await openWorld()
    const client = world.join()
    const beats: ClockBeat[] = []
    client.on('clock', (beat) => beats.push(beat))
    await expect.poll(() => beats.length, { timeout: 4_000 }).toBeGreaterThan(3)
    const [one, two] = beats.slice(-2)
    expect(one?.running).toBe(true)
    expect((two?.wall ?? 0) - (one?.wall ?? 0)).toBeGreaterThan(350)
    expect((two?.exerciseMs ?? 0) - (one?.exerciseMs ?? 0)).toBeGreaterThan(350)
    expect(two?.cursor).toBe(world.engine.state().position)
  })

  it('welcomes a seat with who it is', async () => {
    const world = await openWorld()
    const [welcome] = await once(world.join({ token: world.token('blue-sea') }) as never, 'welcome')
    expect(welcome).toEqual({
      seat: { seatId: 'blue-sea', seat: 'blue', team: 'sea', label: 'Sea' },
      exerciseId: 'ex-1',
      cursor: world.engine.state().position,
      current: true,
      record: false,
      signedIn: null,
      offersSignIn: false,
    })
  })

  it('turns an unknown, a forged and a revoked token away, with the reason', async () => {
    const world = await openWorld()
    const blue = world.token('blue-red')
    const [payload = '', signature = ''] = blue.split('.')
    const white = Buffer.from(
      Buffer.from(payload, 'base64url')
        .toString()
        .replace('"blue-red"', '"white"')
        .replace('"blue"', '"white"'),
    ).toString('base64url')
    for (const token of ['', 'x', `${white}.${signature}`, `${payload}.${signature.slice(1)}`, payload])
      expect(await refusedBy(world.join({ token }))).toMatchObject({ code: 'unknown-token' })
    await world.give({ type: 'revoke-seat', data: { seatId: 'blue-red' } })
    expect(await refusedBy(world.join({ token: blue }))).toMatchObject({ code: 'revoked-token' })
    expect(await refusedBy(world.join({ token: 7 as never }))).toMatchObject({ code: 'malformed' })
  })

  it('slows down who tries tokens, and still lets a good one in', async () => {
    const world = await openWorld()
    const codes: string[] = []
    for (let i = 0; i < 25; i += 1) codes.push((await refusedBy(world.join({ token: `no${i}` }))).code)
    expect(codes.at(0)).toBe('unknown-token')
    expect(codes.at(-1)).toBe('too-many-failures')
    await connected(world.join({ token: world.token('white') }))
  })

  it('sends a seat away when it is revoked, and only that seat', async () => {
    const world = await openWorld()
    const gone = world.join({ token: world.token('blue-red') })
    const other = world.join({ token: world.token('blue-sea') })
    await Promise.all([connected(gone), connected(other)])
    const goodbye = once(gone as never, 'goodbye')
    const disconnect = once(gone as never, 'disconnect')
    const reply = await world.join({ token: world.token('white') }).emitWithAck('command', {
      type: 'revoke-seat',
      data: { seatId: 'blue-red' },
    })
    expect(reply).toMatchObject({ ok: true })
    expect(await goodbye).toEqual(['revoked-token'])
    await disconnect
    expect(other.connected).toBe(true)
  })

  it('has no connection any more with a seat that was revoked, also where the client takes no farewell', async () => {
    const accepted: TcpSocket[] = []
    const note = (message: unknown) => accepted.push((message as { socket: TcpSocket }).socket)
    subscribe('net.server.socket', note)
    onTestFinished(() => void unsubscribe('net.server.socket', note))
    const world = await openWorld()
    const guest = world.join({ token: world.token('guest') })
    await connected(guest)
    const [ours] = accepted
    expect(ours?.destroyed).toBe(false)
    ;(guest.io.engine.transport as unknown as { ws: { _socket: TcpSocket } }).ws._socket.pause()
    await world.give({ type: 'revoke-seat', data: { seatId: 'guest' } }, white())
    await expect.poll(() => ours?.destroyed, { timeout: 3_000 }).toBe(true)
  })

  it('keeps join links valid over a restart', async () => {
    const first = await openWorld()
    const token = first.token('blue-red')
    const second = await openWorld({ store: first.store })
    expect(second.token('blue-red')).toBe(token)
    await connected(second.join({ token }))
  })
})
