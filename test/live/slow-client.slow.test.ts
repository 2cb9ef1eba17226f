import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import type { EventLog } from '../../server/engine/ports/ports.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { white } from '../kit/actors.ts'
import { connected, follow, openWorld } from './fixture.ts'

it('gives a client that takes nothing no more of a long ledger than it can take, and the rest when it goes on', async () => {
  const { log } = openMemoryLog()
  let pages = 0
  const counted: EventLog = {
    ...log,
    read(exerciseId, after, limit) {
      pages += 1
      return log.read(exerciseId, after, limit)
    },
  }
  const world = await openWorld({ store: counted })
  // About 40 MB in some twenty pages.
  for (let i = 0; i < 40_000; i += 1)
    await world.give({ type: 'add-note', data: { text: `${i} `.padEnd(900, 'x') } }, white())
  // What packs the ledger for later has read it, too.
  for (let seen = -1; seen !== pages; await sleep(1_000)) seen = pages
  pages = 0
  const client = world.join({ token: world.token('white') })
  const feed = follow(client)
  await connected(client)
  const raw = client.io.engine.transport as unknown as { ws: { _socket: { pause(): void; resume(): void } } }
  raw.ws._socket.pause()
  await sleep(1_000)
  const stood = pages
  expect(stood).toBeLessThan(15)
  await sleep(500)
  expect(pages).toBe(stood)
  raw.ws._socket.resume()
  await expect.poll(() => feed.cursor, { timeout: 15_000 }).toBe(world.engine.state().position)
  expect(feed.trouble).toEqual([])
}, 60_000)
