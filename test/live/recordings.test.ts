import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import { redact } from '../../server/exercise/ledger/audience.ts'
import type { NewEvent } from '../../server/exercise/ledger/events.ts'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { openRecordings } from '../../server/live/recordings.ts'
import { madeLedger } from '../bench/large-ledger.ts'
import { openFakeClock } from '../engine/fake-clock.ts'
import { openMemoryLog } from '../engine/memory-log.ts'
import { white } from '../kit/actors.ts'

const GUEST: Audience = { seat: 'guest' }
const ALL: readonly Audience[] = [
  GUEST,
  { seat: 'white' },
  { seat: 'observer' },
  { seat: 'blue', team: 'team-3' },
]
const EVENTS = 6_000
const day = madeLedger(EVENTS + 1_000)
const END = {
  type: 'exercise.ended',
  version: 2,
  at: 1e8,
  data: { by: null, reason: '' },
} as unknown as NewEvent

async function withDay(events: readonly NewEvent[] = day.slice(0, EVENTS)) {
  const { log } = openMemoryLog()
  await log.append('x', 0, events, 0)
  let read = 0
  const counted = {
    ...log,
    read: (id: string, after: number, limit: number) => {
      if (limit > 1) read += limit
      return log.read(id, after, limit)
    },
  }
  const open = async () => {
    const engine = await openEngine({ log: counted, clock: openFakeClock().clock, exerciseId: 'x' })
    read = 0
    return { engine, recordings: openRecordings(engine, log) }
  }
  return { log, open, read: () => read }
}

const unpacked = (body: Buffer) =>
  JSON.parse(gunzipSync(body).toString()) as { cursor: number; events: unknown[] }

const seenBy = (events: readonly unknown[], audience: Audience) =>
  (events as typeof day).flatMap((event) => redact(event, audience) ?? [])

describe('a recording', () => {
  test('has what each audience may know, in one gzip file, and goes on with the ledger', async () => {
    const { log, open } = await withDay()
    const { engine, recordings } = await open()
    for (const audience of ALL) {
      const { cursor, events } = unpacked(await recordings.of(audience))
      expect(cursor).toBe(EVENTS)
      expect(events).toEqual(seenBy(await log.read('x', 0, 1e6), audience))
    }
    await engine.submit({ type: 'start-exercise', data: {} }, { kind: 'platform' } as never)
    await engine.submit({ type: 'end-exercise', data: { reason: 'over' } }, { kind: 'platform' } as never)
    for (const audience of ALL) {
      const { cursor, events } = unpacked(await recordings.of(audience))
      expect(cursor).toBe(engine.state().position)
      expect(events).toEqual(seenBy(await log.read('x', 0, 1e6), audience))
    }
  })

  test('is packed before anybody asks, kept, and found by the next start without reading the day again', async () => {
    const { open, read } = await withDay()
    const before = await open()
    const first = await before.recordings.of(GUEST)
    expect(read()).toBeGreaterThanOrEqual(EVENTS)
    const again = await open()
    expect(await again.recordings.of(GUEST)).toEqual(first)
    expect(read()).toBe(0)
  })

  test('of any audience is kept once it is over', async () => {
    const { open, read } = await withDay([...day.slice(0, 1_000), END])
    const before = await open()
    expect(before.engine.state().phase).toBe('ended')
    await before.recordings.of({ seat: 'observer' })
    const again = await open()
    await again.recordings.of({ seat: 'white' })
    const sofar = read()
    await again.recordings.of({ seat: 'observer' })
    expect(read()).toBe(sofar)
  })

  test('is packed when it is over, and not once more with each note that is written after the end', async () => {
    const { log, open } = await withDay([...day.slice(0, 1_000), END])
    const { engine } = await open()
    const kept: number[] = []
    const counted = {
      ...log,
      saveSnapshot: async (...[id, snapshot]: Parameters<typeof log.saveSnapshot>) => {
        kept.push(snapshot.position)
        await log.saveSnapshot(id, snapshot)
      },
    }
    const recordings = openRecordings(engine, counted)
    await recordings.of({ seat: 'observer' })
    const atEnd = kept.length
    expect(atEnd).toBeGreaterThanOrEqual(3)
    for (let n = 0; n < 5; n++)
      await engine.submit({ type: 'add-note', data: { text: `note ${n}` } }, white())
    // Whoever asks has to wait for all that is under way, and gets the notes.
    expect(unpacked(await recordings.of({ seat: 'blue', team: 'team-3' })).cursor).toBe(
      engine.state().position,
    )
    expect(kept.slice(atEnd).length).toBeLessThanOrEqual(1)
  })

  test('that was kept of another ledger, or is damaged, is made again', async () => {
    const { log, open } = await withDay()
    await (await open()).recordings.of(GUEST)
    const kept = new Map<string, Uint8Array>()
    const other = await withDay([...day.slice(0, EVENTS - 1), ...day.slice(EVENTS, EVENTS + 1)])
    const store = (body: (kept: Uint8Array) => Uint8Array) => ({
      saveSnapshot: async () => {},
      loadSnapshot: async (id: string, audience: string, madeBy: string) => {
        const found = await log.loadSnapshot(id, audience, madeBy)
        if (found) kept.set(audience, found.body)
        return found && { ...found, body: body(found.body) }
      },
    })
    const { engine } = await other.open()
    const made = unpacked(
      await openRecordings(
        engine,
        store((body) => body),
      ).of(GUEST),
    )
    expect(kept.has('recording:guest')).toBe(true)
    expect(made.events).toEqual(seenBy(await other.log.read('x', 0, 1e6), GUEST))
    // Of the same ledger.
    const { engine: same } = await (await withDay()).open()
    const whole = seenBy(await log.read('x', 0, 1e6), GUEST)
    const flipped = (body: Uint8Array) => body.map((byte, n) => (n === body.length >> 1 ? byte ^ 1 : byte))
    const cut = (body: Uint8Array) => body.subarray(0, body.length - 100)
    for (const harm of [flipped, cut, (body: Uint8Array) => body.subarray(0, 9)])
      expect(unpacked(await openRecordings(same, store(harm)).of(GUEST)).events).toEqual(whole)
  })

  test('comes also where the store keeps nothing', async () => {
    const { log, open } = await withDay()
    const { engine } = await open()
    const full = async () => {
      throw new Error('no space left')
    }
    const recordings = openRecordings(engine, { saveSnapshot: full, loadSnapshot: full })
    expect(unpacked(await recordings.of(GUEST)).events).toEqual(seenBy(await log.read('x', 0, 1e6), GUEST))
  })
})
