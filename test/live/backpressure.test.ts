import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo, Socket as TcpSocket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { Server } from 'socket.io'
import { io as connect, type Socket } from 'socket.io-client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type OutletLimits, openOutlets } from '../../server/live/backpressure.ts'
import type { LiveServer, LiveSocket, Outlet } from '../../server/live/socket-types.ts'

const MiB = 1 << 20
const generous: OutletLimits = { each: 1_000 * MiB, all: 1_000 * MiB, stalledMs: 600_000 }

/** A server with nothing but outlets. `join` gives both ends of a connection. */
async function open(limits: Partial<OutletLimits>) {
  const http = createServer()
  const server: LiveServer = new Server(http, { transports: ['websocket'], perMessageDeflate: false })
  const outlets = openOutlets({ ...generous, ...limits })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const clients: Socket[] = []
  onTestFinished(async () => {
    // One that is paused would not leave.
    for (const client of clients) rawOf(client).destroy()
    outlets.close()
    await server.close()
  })
  return {
    server,
    async join(): Promise<{ client: Socket; socket: LiveSocket; outlet: Outlet }> {
      const joined = new Promise<LiveSocket>((resolve) => server.once('connection', resolve))
      const client = connect(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
      })
      clients.push(client)
      const socket = await joined
      await socket.join('live')
      return { client, socket, outlet: outlets.open(socket) }
    },
  }
}

/** The client's end of the connection below WebSocket. */
function rawOf(client: Socket): TcpSocket {
  return (client.io.engine.transport as unknown as { ws: { _socket: TcpSocket } }).ws._socket
}
const pause = (client: Socket) => rawOf(client).pause()

const long = (bytes: number) => ({ after: 0, cursor: 1, events: ['x'.repeat(bytes)] as never })

describe('backpressure', () => {
  it('counts what waits, and lets a sender wait until the client has taken it', async () => {
    const { join } = await open({})
    const { client, socket, outlet } = await join()
    await expect.poll(() => outlet.waiting()).toBe(0)
    pause(client)
    for (let i = 0; i < 12; i += 1) socket.emit('events', long(MiB))
    await sleep(100)
    expect(outlet.sent()).toBeGreaterThan(12 * MiB)
    expect(outlet.waiting()).toBeGreaterThan(2 * MiB)
    let room = false
    void outlet.room(MiB).then(() => {
      room = true
    })
    await sleep(100)
    expect(room).toBe(false)
    rawOf(client).resume()
    await expect.poll(() => room).toBe(true)
    await expect.poll(() => outlet.waiting()).toBe(0)
  })

  it('cuts a client off for which too much waits, whoever sent it, and serves the others of the room', async () => {
    const { server, join } = await open({ each: 4 * MiB })
    const [idle, well] = [await join(), await join()]
    let got = 0
    well.client.on('events', () => {
      got += 1
    })
    pause(idle.client)
    let most = 0
    for (let i = 0; i < 25; i += 1) {
      server.to('live').emit('events', long(MiB))
      most = Math.max(most, idle.outlet.waiting())
      await sleep(5)
      await well.outlet.room(MiB)
    }
    expect(idle.socket.connected).toBe(false)
    expect(most).toBeLessThan(6 * MiB)
    expect(idle.outlet.waiting()).toBe(0)
    await expect.poll(() => got).toBe(25)
    expect(well.socket.connected).toBe(true)
  })

  it('cuts off the one for whom most waits when all together are too much', async () => {
    const { join } = await open({ all: 40 * MiB })
    const [little, much] = [await join(), await join()]
    pause(little.client)
    pause(much.client)
    little.socket.emit('events', long(15 * MiB))
    for (let i = 0; i < 20; i += 1) much.socket.emit('events', long(2 * MiB))
    await expect.poll(() => much.socket.connected).toBe(false)
    expect(little.socket.connected).toBe(true)
  })

  it('cuts off who takes nothing for long, and nobody for whom nothing waits', async () => {
    const { join } = await open({ stalledMs: 300 })
    const [idle, quiet] = [await join(), await join()]
    pause(idle.client)
    idle.socket.emit('events', long(20 * MiB))
    await expect.poll(() => idle.socket.connected).toBe(false)
    expect(quiet.socket.connected).toBe(true)
  })
})
