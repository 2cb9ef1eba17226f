import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type Engine, openEngine } from '../../server/engine/engine.ts'
import type { EventLog } from '../../server/engine/ports/ports.ts'
import { FOLD_HASH } from '../../server/engine/snapshots/fold-hash.ts'
import { loadSnapshot } from '../../server/engine/snapshots/snapshots.ts'
import { fold } from '../../server/exercise/fold/evolve.ts'
import { audienceName, redact } from '../../server/exercise/ledger/audience.ts'
import type { Recorded } from '../../server/exercise/ledger/events.ts'
import type { Audience } from '../../server/exercise/scenario/model.ts'
import { foldOn, nothingFolded } from '../../server/exercise/wire/folded.ts'
import { white } from '../kit/actors.ts'
import { recordLedger } from '../kit/ledger.ts'
import { openFakeClock } from './fake-clock.ts'
import { openMemoryLog } from './memory-log.ts'

const recorded = recordLedger(372_000)
const exerciseId = recorded[0]?.type === 'exercise.created' ? recorded[0].data.exerciseId : ''
const teams = fold(recorded).teams.map(({ id }) => id)
const AUDIENCES: readonly Audience[] = [
  { seat: 'white' },
  { seat: 'observer' },
  { seat: 'guest' },
  ...teams.map((team) => ({ seat: 'blue', team }) as const),
]

/** What an audience knows of a ledger, the long way. */
const known = (ledger: readonly Recorded[], audience: Audience) =>
  foldOn(
    nothingFolded,
    ledger.flatMap((event) => redact(event, audience) ?? []),
    ledger.length,
  )

/** A store that counts what is read of its ledger. */
function arrange(ledger: readonly Recorded[] = recorded) {
  const store = openMemoryLog()
  const held = store.ledgerOf(exerciseId)
  held.push(...ledger)
  const read = { positions: 0 }
  let refusing = false
  const log: EventLog = {
    ...store.log,
    async read(id, after, limit) {
      if (refusing) throw new Error('no answer')
      const events = await store.log.read(id, after, limit)
      read.positions += events.length
      return events
    },
  }
  const faults: string[] = []
  const up = () =>
    openEngine({
      log,
      clock: openFakeClock().clock,
      exerciseId,
      fault: (what, error) => faults.push(`${what}: ${error}`),
    })
  const forget = () => Object.assign(read, { positions: 0 })
  const refuse = (yes: boolean) => {
    refusing = yes
  }
  return { store, held, read, forget, refuse, faults, up }
}

/** As long as an evening of many teams. */
function longLedger(events: number): readonly Recorded[] {
  const last = recorded.at(-1)
  if (!last) throw new Error('an empty ledger')
  const flips = Array.from({ length: events - recorded.length }, (_, n): Recorded => {
    const [team, service] = [teams[n % teams.length] ?? '', 'tax']
    const [from, to] = n % 2 === 0 ? (['up', 'broken'] as const) : (['broken', 'up'] as const)
    const evidence = { step: '1', sent: 'GET /secret', received: '500', expected: '200', ms: n }
    return {
      type: 'verdict.changed',
      version: 1,
      at: last.at + n,
      wall: last.wall + n,
      position: recorded.length + n + 1,
      data: { team, service, journey: 'alive', from, to, evidence },
    }
  })
  return [...recorded, ...flips]
}

/** Into the store as the keeper does it. */
async function keep(it: ReturnType<typeof arrange>, engine: Engine, audience: Audience): Promise<void> {
  const name = audienceName(audience)
  await it.store.log.saveSnapshot(exerciseId, {
    audience: name,
    madeBy: FOLD_HASH,
    ...(await engine.audiences.snapshot(audience)),
  })
}

const later = async (engine: Engine) => {
  const adjustment = { team: teams[0] ?? '', category: 'defence', points: 5, reason: 'fair' } as const
  await engine.submit({ type: 'add-note', data: { text: 'more' } }, white())
  await engine.submit({ type: 'adjust-score', data: { ...adjustment, seen: 0 } }, white())
}

describe('what each audience knows', () => {
  test('is the fold of what it receives, read from the ledger and gone on from memory', async () => {
    const ledger = longLedger(9_000)
    const it = arrange(ledger)
    const engine = await it.up()
    it.forget()
    for (const audience of AUDIENCES) engine.audiences.now(audience)
    for (const audience of AUDIENCES)
      await expect.poll(() => engine.audiences.now(audience)).toStrictEqual(known(ledger, audience).state)
    // One reading for all who waited for it, whatever their number.
    expect(it.read.positions).toBeLessThanOrEqual(2 * ledger.length)
    it.forget()
    await later(engine)
    for (const audience of AUDIENCES)
      expect(engine.audiences.now(audience)).toStrictEqual(known(it.held, audience).state)
    expect(it.read.positions).toBe(0)
    expect(it.faults).toEqual([])
  })

  test('goes into a snapshot whole, with the points of all, and with nothing that it does not receive', async () => {
    const it = arrange()
    const engine = await it.up()
    for (const audience of AUDIENCES) {
      await keep(it, engine, audience)
      expect(await loadSnapshot(it.store.log, exerciseId, audience)).toStrictEqual(known(recorded, audience))
    }
    const guest = gunzipSync(it.store.snapshots.get(`${exerciseId} guest`)?.body ?? '').toString()
    expect(guest).not.toMatch(/canary|relation is locked|longer break|"T1\d{3}/)
    expect(gunzipSync(it.store.snapshots.get(`${exerciseId} white`)?.body ?? '').toString()).toMatch(
      /longer break/,
    )
  })

  test('is given again while it is fresh, and made once for all who ask at the same time', async () => {
    const engine = await arrange().up()
    const guest = { seat: 'guest' } as const
    const [one, two] = await Promise.all([engine.audiences.snapshot(guest), engine.audiences.snapshot(guest)])
    expect(two).toBe(one)
    const note = (n: number) => engine.submit({ type: 'add-note', data: { text: `note ${n}` } }, white())
    for (let n = 0; n < 200; n += 1) await note(n)
    expect(await engine.audiences.snapshot(guest)).toBe(one)
    await note(200)
    expect((await engine.audiences.snapshot(guest)).position).toBe(recorded.length + 201)
  })

  test('is asked for again when the ledger could not be read', async () => {
    const it = arrange(longLedger(3_000))
    const engine = await it.up()
    it.refuse(true)
    await expect(engine.audiences.snapshot({ seat: 'guest' })).rejects.toThrow('no answer')
    it.refuse(false)
    expect((await engine.audiences.snapshot({ seat: 'guest' })).position).toBe(3_000)
    expect(it.faults).toEqual(['folding what an audience knows: Error: no answer'])
  })
})

describe('a restart', () => {
  /** Runs until a snapshot of each audience is kept, and goes on for a few events. */
  async function runOnce(ledger = longLedger(9_000)) {
    const it = arrange(ledger)
    const engine = await it.up()
    for (const audience of AUDIENCES) await keep(it, engine, audience)
    await later(engine)
    it.forget()
    return it
  }
  const whole = (it: ReturnType<typeof arrange>, audience: Audience) => known(it.held, audience).state

  test('goes on from snapshots and reads only what came after them', async () => {
    const it = await runOnce()
    const engine = await it.up()
    expect(engine.state()).toStrictEqual(whole(it, { seat: 'white' }))
    for (const audience of AUDIENCES) await engine.audiences.snapshot(audience)
    for (const audience of AUDIENCES)
      expect(engine.audiences.now(audience)).toStrictEqual(whole(it, audience))
    // Of each snapshot the event at its end, and what came later.
    expect(it.read.positions).toBeLessThan(8 * AUDIENCES.length)
    await later(engine)
    expect(engine.state()).toStrictEqual(whole(it, { seat: 'white' }))
  })

  test('folds everything anew where a snapshot is of other sources, damaged, or of another ledger', async () => {
    const spoil: Readonly<Record<string, (it: ReturnType<typeof arrange>) => void>> = {
      'other sources': (it) => {
        for (const [name, kept] of it.store.snapshots)
          it.store.snapshots.set(name, { ...kept, madeBy: 'an older Kilp' })
      },
      damaged: (it) => {
        for (const [name, kept] of it.store.snapshots)
          it.store.snapshots.set(name, { ...kept, body: kept.body.subarray(0, 2_000) })
      },
      'a ledger put back': (it) => it.held.splice(8_000),
      'a ledger put back that went on otherwise': (it) => {
        it.held.splice(8_000)
        const last = it.held.at(-1)
        for (let position = 8_001; position <= 9_500; position += 1)
          if (last) it.held.push({ ...last, at: last.at + position, position })
      },
    }
    for (const [what, of] of Object.entries(spoil)) {
      const it = await runOnce()
      of(it)
      const engine = await it.up()
      expect(engine.state(), what).toStrictEqual(whole(it, { seat: 'white' }))
      for (const audience of AUDIENCES) {
        await engine.audiences.snapshot(audience)
        expect(engine.audiences.now(audience), what).toStrictEqual(whole(it, audience))
      }
      await later(engine)
      expect(engine.state(), what).toStrictEqual(whole(it, { seat: 'white' }))
    }
  })

  test('keeps at once what took long to fold', async () => {
    const it = arrange(longLedger(9_000))
    await it.up()
    await expect.poll(() => it.store.snapshots.size).toBe(1)
    it.forget()
    const second = await it.up()
    expect(it.read.positions).toBe(1)
    // Of somebody who asks likewise.
    await second.audiences.snapshot({ seat: 'guest' })
    await expect.poll(() => it.store.snapshots.has(`${exerciseId} guest`)).toBe(true)
    const third = await it.up()
    it.forget()
    await third.audiences.snapshot({ seat: 'guest' })
    expect(it.read.positions).toBe(1)
  })

  test('finds what was kept at the stop, and while the ledger grew', async () => {
    const it = arrange(longLedger(1_000))
    const first = await it.up()
    first.audiences.now({ seat: 'guest' })
    for (let n = 0; n < 5_100; n += 1)
      await first.submit({ type: 'add-note', data: { text: `${n}` } }, white())
    await expect
      .poll(() => [...it.store.snapshots.keys()], { timeout: 5_000 })
      .toEqual([`${exerciseId} white`, `${exerciseId} guest`])
    for (let n = 0; n < 600; n += 1) await first.submit({ type: 'add-note', data: { text: `${n}` } }, white())
    await first.close()
    expect(it.store.snapshots.get(`${exerciseId} white`)?.position).toBe(it.held.length)
    it.forget()
    const second = await it.up()
    expect(second.state()).toStrictEqual(first.state())
    expect(it.read.positions).toBe(1)
  })
})
