import { describe, expect, it, onTestFinished } from 'vitest'
import { FOLD_HASH } from '../../server/engine/snapshots/fold-hash.ts'
import { redact } from '../../server/exercise/ledger/audience.ts'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { foldOn, nothingFolded } from '../../server/exercise/wire/folded.ts'
import type { EventBatch } from '../../server/exercise/wire/protocol.ts'
import { connectFeed } from '../../web/feed/connect.ts'
import { follow, openWorld, type SeatId, stir, type World } from './fixture.ts'

/** The feed of a page, and how many events it was sent. */
function openPage(world: World, seat: SeatId) {
  const feed = connectFeed({ exercise: null, token: world.token(seat) }, world.live.url)
  onTestFinished(() => feed.close())
  const sent = { events: 0, snapshots: 0 }
  feed.socket?.on('events', (batch: EventBatch) => {
    sent.events += batch.events.length
  })
  feed.socket?.on('snapshot', () => {
    sent.snapshots += 1
  })
  return { feed, sent, folded: () => feed.store.getState().folded }
}

async function knownTo(world: World, audience: Audience) {
  const ledger = await world.engine.events(0, 100_000)
  return foldOn(
    nothingFolded,
    ledger.flatMap((event) => redact(event, audience) ?? []),
    ledger.length,
  )
}

describe('a page that opens late', () => {
  it('begins with a snapshot of what its seat knows, and goes on with the events after it', async () => {
    const world = await openWorld()
    await stir(world, 600)
    const seats: Readonly<Partial<Record<SeatId, Audience>>> = {
      white: { seat: 'white' },
      'blue-red': { seat: 'blue', team: 'red' },
      guest: { seat: 'guest' },
    }
    for (const [seat, audience] of Object.entries(seats)) {
      const page = openPage(world, seat as SeatId)
      await expect.poll(() => page.feed.store.getState().caughtUp).toBe(true)
      expect(page.sent.snapshots).toBe(1)
      expect(page.sent.events).toBeLessThan(210)
      await stir(world, 3)
      await expect.poll(() => page.folded().cursor).toBe(world.engine.state().position)
      expect(page.folded()).toEqual(await knownTo(world, audience))
      expect(page.sent.events).toBeLessThan(250)
    }
  })

  it('is sent events where it folds otherwise, says nothing of how it folds, or lacks only a few', async () => {
    const world = await openWorld()
    await stir(world, 300)
    const last = world.engine.state().position
    const snapshots: unknown[] = []
    for (const auth of [{ fold: 'another' }, {}, { fold: FOLD_HASH, cursor: last - 900 }]) {
      const client = world.join({ ...auth, token: world.token('white') })
      client.on('snapshot', (...of) => snapshots.push(of))
      const feed = follow(client, auth.cursor)
      await expect.poll(() => feed.cursor).toBe(last)
      expect(feed.trouble).toEqual([])
      expect(feed.events.length).toBe(last - (auth.cursor ?? 0))
    }
    expect(snapshots).toEqual([])
  })

  it('goes on by events when there is no snapshot to be had', async () => {
    const world = await openWorld({
      shown: (engine) => ({
        ...engine,
        audiences: { ...engine.audiences, snapshot: () => Promise.reject(new Error('broken')) },
      }),
    })
    await stir(world, 300)
    const page = openPage(world, 'guest')
    await expect.poll(() => page.folded().cursor).toBe(world.engine.state().position)
    expect(page.sent.snapshots).toBe(0)
    expect(page.folded()).toEqual(await knownTo(world, { seat: 'guest' }))
    expect(world.faults.join()).toContain('a snapshot')
  })

  it('catches up from where it is when it can not unpack what it was sent', async () => {
    const world = await openWorld({
      shown: (engine) => ({
        ...engine,
        audiences: {
          ...engine.audiences,
          snapshot: async (audience) => {
            const { position, body } = await engine.audiences.snapshot(audience)
            return { position, body: body.subarray(0, 500) }
          },
        },
      }),
    })
    await stir(world, 300)
    const page = openPage(world, 'white')
    await expect.poll(() => page.folded().cursor, { timeout: 5_000 }).toBe(world.engine.state().position)
    expect(page.sent.snapshots).toBe(1)
    expect(page.folded()).toEqual(await knownTo(world, { seat: 'white' }))
  })
})
