import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { EventLog } from '../../server/engine/ports/ports.ts'
import type { ClockBeat, CommandReply } from '../../server/exercise/wire/protocol.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { white } from '../kit/actors.ts'
import { type Client, connected, follow, openWorld, stir } from './fixture.ts'

/** Sends what the types would not let through. */
const raw = (client: Client) =>
  client as unknown as {
    emit(...message: unknown[]): void
    emitWithAck(...message: unknown[]): Promise<unknown>
  }

describe('messages from sockets', () => {
  it('gives a command of a seat to the engine and answers with its cursor', async () => {
    const world = await openWorld()
    const client = world.join({ token: world.token('white') })
    const reply: CommandReply = await client.emitWithAck('command', {
      type: 'add-note',
      data: { text: 'hello' },
    })
    expect(reply).toEqual({ ok: true, cursor: world.engine.state().position })
    expect(world.engine.state().notes.at(-1)).toMatchObject({ text: 'hello', by: white() })
  })

  it('refuses what the seat may not give, what is for another team, and what the exercise does not allow', async () => {
    const world = await openWorld()
    const red = world.join({ token: world.token('blue-red') })
    const guest = world.join()
    const white = world.join({ token: world.token('white') })
    const before = world.engine.state().position
    const cases = [
      [red, { type: 'pause-exercise', data: { reason: '' } }, 'not-allowed'],
      [red, { type: 'take-hint', data: { team: 'sea', weakness: 'tax-1', level: 1 } }, 'not-your-team'],
      [red, { type: 'take-hint', data: { team: 'red', weakness: 'none', level: 1 } }, 'unknown-weakness'],
      [guest, { type: 'add-note', data: { text: 'hi' } }, 'not-allowed'],
      [white, { type: 'start-exercise', data: {} }, 'wrong-phase'],
    ] as const
    for (const [client, command, code] of cases)
      expect(await client.emitWithAck('command', command), code).toMatchObject({
        ok: false,
        refusal: { code },
      })
    expect(world.engine.state().position).toBe(before)
  })

  it('refuses commands that only the platform gives, and any of another form', async () => {
    const world = await openWorld()
    const white = raw(world.join({ token: world.token('white') }))
    const bad = [
      {
        type: 'report-attack',
        data: { team: 'red', attack: 'first', attempt: 1, result: 'landed', alive: true, evidence: null },
      },
      { type: 'open-terminal', data: { team: 'red', service: 'tax', terminal: 'x' } },
      { type: 'add-note', data: { text: 'x', by: 'somebody else' } },
      { type: 'add-note', data: { text: 'x'.repeat(2_001) } },
      { type: 'add-note', data: { text: 'x' }, at: 0, by: 'platform' },
      'add-note',
    ]
    for (const command of bad)
      expect(await white.emitWithAck('command', command)).toMatchObject({
        ok: false,
        refusal: { code: 'malformed' },
      })
    expect(world.faults).toEqual([])
  })

  it('sends a socket away that goes on sending what is no message, and only that one', async () => {
    const world = await openWorld()
    const bystander = world.join()
    const client = world.join({ token: world.token('white') })
    await Promise.all([connected(client), connected(bystander)])
    const goodbye = once(client as never, 'goodbye')
    for (const message of [
      ['__proto__'],
      ['constructor', 1],
      ['catch-up', 0],
      ['command'],
      ['terminal-input', 7, {}, 0],
    ])
      raw(client).emit(...message)
    expect(await raw(client).emitWithAck('no-such-message')).toMatchObject({
      ok: false,
      refusal: { code: 'malformed' },
    })
    for (let i = 0; i < 10; i += 1) raw(client).emit('terminal-ack', 'x', 'y')
    expect(await goodbye).toEqual(['malformed'])
    expect(bystander.connected).toBe(true)
    expect(world.faults).toEqual([])
  })

  it('refuses a message that is too long and goes on, and cuts off a socket only for one that is far too long', async () => {
    const world = await openWorld()
    const bystander = world.join()
    const client = world.join({ token: world.token('white') })
    await Promise.all([connected(client), connected(bystander)])
    const feed = follow(client)
    expect(await raw(client).emitWithAck('terminal-input', 'x', '\n'.repeat(100_000), 0)).toMatchObject({
      ok: false,
      refusal: { code: 'malformed' },
    })
    await stir(world, 1)
    await expect.poll(() => feed.cursor).toBe(world.engine.state().position)
    const disconnect = once(client as never, 'disconnect')
    client.emit('terminal-input', 'x', 'A'.repeat(300_000), 0, () => undefined)
    await disconnect
    expect(bystander.connected).toBe(true)
  })

  it('sends a socket away that floods, while others are served', async () => {
    const world = await openWorld()
    const bystander = world.join({ token: world.token('white') })
    const feed = follow(bystander)
    const client = world.join()
    await connected(client)
    const goodbye = once(client as never, 'goodbye')
    for (let i = 0; i < 1_000; i += 1) client.emit('terminal-ack', 'x', i)
    expect(await goodbye).toEqual(['too-many-messages'])
    const reply = await bystander.emitWithAck('command', { type: 'add-note', data: { text: 'still here' } })
    expect(reply.ok).toBe(true)
    await expect.poll(() => feed.cursor).toBe(world.engine.state().position)
  })

  it('does not let the commands of a seat pile up while the store stands still', async () => {
    const { log } = openMemoryLog()
    let stand: Promise<void> | null = null
    const store: EventLog = {
      ...log,
      async append(...of) {
        await stand
        return log.append(...of)
      },
    }
    const world = await openWorld({ store })
    const clients = [1, 2, 3].map(() => world.join({ token: world.token('white') }))
    await Promise.all(clients.map(connected))
    const { promise, resolve } = Promise.withResolvers<void>()
    stand = promise
    const replies: CommandReply[] = []
    for (const client of clients)
      for (let i = 0; i < 40; i += 1)
        client.emit('command', { type: 'add-note', data: { text: `${i}` } }, (reply) => replies.push(reply))
    await expect.poll(() => replies.length).toBe(70)
    for (const reply of replies) expect(reply).toMatchObject({ ok: false, refusal: { code: 'too-fast' } })
    resolve()
    await expect.poll(() => replies.filter(({ ok }) => ok).length).toBe(50)
  })

  it('says that there is no room, to whoever wanted to record something and on white’s clock, and to nobody else', async () => {
    const memory = openMemoryLog()
    let refusing = false
    const store: EventLog = {
      ...memory.log,
      async append(...of) {
        if (refusing) throw Object.assign(new Error('No space left'), { code: 'full' })
        return memory.log.append(...of)
      },
    }
    const world = await openWorld({ store })
    memory.leave(3 * 2 ** 20)
    refusing = true
    const white = world.join({ token: world.token('white') })
    const guest = world.join()
    const beats: Record<'white' | 'guest', ClockBeat[]> = { white: [], guest: [] }
    white.on('clock', (beat) => beats.white.push(beat))
    guest.on('clock', (beat) => beats.guest.push(beat))
    const reply = await white.emitWithAck('command', { type: 'add-note', data: { text: 'long' } })
    expect(reply).toMatchObject({ ok: false, refusal: { code: 'no-space' } })
    await expect.poll(() => beats.white.at(-1)?.storage).toEqual({ state: 'full', freeMiB: 3 })
    await expect.poll(() => beats.guest.length).toBeGreaterThan(2)
    expect(beats.guest.every((beat) => beat.storage === undefined)).toBe(true)
  })

  it('survives bytes that are no socket.io at all', async () => {
    const world = await openWorld()
    for (const bytes of [
      '2["events"',
      '\u0000\u0001\u0002',
      '42[',
      '451-["terminal-input"]',
      '9'.repeat(500),
    ]) {
      const socket = new WebSocket(
        `${world.live.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`,
      )
      await once(socket as never, 'open')
      socket.send('40{}')
      socket.send(bytes)
      // Closed, or ignored: both are fine, as long as the server goes on.
      await Promise.race([once(socket as never, 'close'), new Promise((resolve) => setTimeout(resolve, 300))])
      socket.close()
    }
    await connected(world.join())
    expect(world.faults).toEqual([])
  })

  it('does not speak to pages of other sites', async () => {
    const world = await openWorld()
    for (const headers of [{ Origin: 'http://evil.example' }, { Host: 'evil.example' }]) {
      const client = world.join({}, headers)
      const [error] = await once(client as never, 'connect_error')
      expect(String(error)).toContain('websocket error')
    }
    await connected(world.join({}, { Origin: world.live.url }))
  })
})
