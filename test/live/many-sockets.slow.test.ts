import { once } from 'node:events'
import { afterAll, expect, it } from 'vitest'
import WebSocket from 'ws'
import type { EventBatch } from '../../server/exercise/wire/protocol.ts'
import { openWorld, stir } from './fixture.ts'

const SOCKETS = 2_000
const AT_ONCE = 100
const sockets: WebSocket[] = []
afterAll(() => {
  for (const socket of sockets) socket.terminate()
})

/** A plain WebSocket that speaks just enough socket.io to follow a feed: 2,000 whole clients would measure the clients. */
async function viewer(url: string, cursors: number[], index: number, trouble: string[]): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    perMessageDeflate: false,
  })
  sockets.push(socket)
  socket.on('message', (data) => {
    const packet = data.toString()
    if (packet === '2') return socket.send('3')
    if (!packet.startsWith('42["events"')) return
    const batch = (JSON.parse(packet.slice(2)) as [string, EventBatch])[1]
    if (batch.after !== cursors[index]) trouble.push(`${index}: after ${batch.after} at ${cursors[index]}`)
    cursors[index] = batch.cursor
  })
  await once(socket, 'open')
  socket.send('40{"cursor":0}')
}

it('feeds 2,000 sockets, all of them, in order', async () => {
  const world = await openWorld({ live: { gatherMs: 200 } })
  await stir(world, 20)
  const cursors = Array.from({ length: SOCKETS }, () => 0)
  const trouble: string[] = []
  for (let i = 0; i < SOCKETS; i += AT_ONCE)
    await Promise.all(
      Array.from({ length: AT_ONCE }, (_, k) => viewer(world.live.url, cursors, i + k, trouble)),
    )
  const behind = () => cursors.filter((cursor) => cursor < world.engine.state().position).length
  await expect.poll(behind, { timeout: 20_000 }).toBe(0)
  for (let change = 0; change < 5; change += 1) {
    await stir(world, 1)
    await expect.poll(behind, { timeout: 10_000, interval: 5 }).toBe(0)
  }
  expect(trouble).toEqual([])
  expect(world.faults).toEqual([])
}, 90_000)
