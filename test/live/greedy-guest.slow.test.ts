import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { type Client, connected, follow, openWorld, type World } from './fixture.ts'

const MiB = 1024 * 1024
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** The server's ends of all connections. */
const accepted = new Set<Socket>()
subscribe('net.server.socket', (message) => {
  accepted.add((message as { socket: Socket }).socket)
})
const waiting = () => [...accepted].reduce((sum, { writableLength }) => sum + writableLength, 0)

/** What the process holds on to, in bytes, with all that nobody needs given back. */
function held(): number {
  collect()
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  return heapUsed + external + arrayBuffers
}

/** Some thousand events that a guest sees, about 2 MB as they are sent. */
async function longLedger(world: World): Promise<void> {
  for (let n = 0; n < 6_000; n += 1) {
    const look = { verdict: n % 2 === 0 ? 'broken' : 'up', evidence: null } as const
    await world.give({
      type: 'report-check',
      data: { team: 'red', service: 'tax', journey: 'file', results: [look, look] },
    })
  }
}

/** The client's end of the connection takes nothing any more. */
function stopReading(client: Client): void {
  const { ws } = client.io.engine.transport as unknown as { ws: { _socket: { pause(): void } } }
  ws._socket.pause()
}

it('a guest who asks for the whole ledger 200 times a second and reads nothing fills no memory and harms nobody', async () => {
  const world = await openWorld()
  await longLedger(world)
  const white = world.join({ token: world.token('white') })
  const feed = follow(white)
  await expect.poll(() => feed.cursor).toBe(world.engine.state().position)
  const guest = world.join()
  await connected(guest)
  stopReading(guest)
  const before = held()
  let most = 0
  let mostWaiting = 0
  let slowest = 0
  const begin = performance.now()
  const asking = setInterval(() => guest.emit('catch-up', 0, () => undefined), 5)
  while (performance.now() - begin < 8_000) {
    await sleep(250)
    most = Math.max(most, held() - before)
    mostWaiting = Math.max(mostWaiting, waiting())
    const asked = performance.now()
    const reply = await white.timeout(5_000).emitWithAck('command', {
      type: 'add-note',
      data: { text: `at ${Math.round(asked)}` },
    })
    expect(reply.ok).toBe(true)
    await expect.poll(() => feed.cursor, { timeout: 5_000 }).toBe(world.engine.state().position)
    slowest = Math.max(slowest, performance.now() - asked)
  }
  clearInterval(asking)
  expect(most).toBeLessThan(32 * MiB)
  expect(mostWaiting).toBeGreaterThan(0)
  expect(mostWaiting).toBeLessThan(4 * MiB)
  expect(slowest).toBeLessThan(2_000)
  expect(feed.trouble).toEqual([])
}, 60_000)
