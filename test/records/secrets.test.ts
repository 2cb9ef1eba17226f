import { afterAll, beforeAll, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { type Stored, upcast } from '#exercise/ledger/upcast.ts'
import { openEngine } from '../../server/engine/engine.ts'
import { wallClock } from '../../server/engine/wall-clock.ts'
import { openJoinCodes } from '../../server/live/join-codes.ts'
import { openSeats } from '../../server/live/seats.ts'
import { cleaned } from '../../server/records/cleaned.ts'
import type { Store } from '../../server/store/store.ts'
import { goldenViews } from '../exercise/golden-views.ts'
import { exported, fill, goldenStored, openLightStore, verified } from './kit.ts'

const SEED = 'the-secret-seed-of-this-exercise'
const LOOT = 'a-key-that-an-attacker-carried-off'

let store: Store
beforeAll(async () => {
  store = await openLightStore()
})
afterAll(() => store.close())

const changed = (stored: Stored, data: object): Stored => ({
  ...stored,
  data: { ...(stored.data as object), ...data },
})

/** The day with a seed and loot of its own, as a ledger that has ended or has not. */
function day(exerciseId: string, ended: boolean): readonly Stored[] {
  const all = goldenStored('exercise-day').filter(({ type }) => ended || type !== 'exercise.ended')
  return all.map((stored, at): Stored => {
    const own = { ...stored, position: at + 1 }
    if (own.type === 'exercise.created') return changed(own, { exerciseId, seed: SEED })
    return own.type === 'attack.landed' ? changed(own, { loot: { key: LOOT } }) : own
  })
}

test('nothing in an export lets its reader act: no seed, key, token, code or loot of one that runs', async () => {
  await fill(store, 'runs', day('runs', false))
  const engine = await openEngine({ log: store, clock: wallClock, exerciseId: 'runs' })
  const seats = await openSeats(engine, store)
  const links = seats.links('http://127.0.0.1')
  expect(links.length).toBeGreaterThan(1)
  const codes = await openJoinCodes(store).of(
    'runs',
    links.map(({ seatId }) => seatId),
  )
  await store.putSetting('open-exercises', [
    { exerciseId: 'runs', place: { folder: '/a/private/place', packs: [] } },
  ])
  const secrets = [
    SEED,
    LOOT,
    String(await store.getSetting('seat-key:runs')),
    String(await store.getSetting('export-key')),
    '/a/private/place',
    ...links.map(({ token }) => token),
    ...[...codes.values()].flatMap((code) => [code, code.replaceAll('-', '').slice(4)]),
  ]
  expect(secrets.every((secret) => secret.length > 5)).toBe(true)
  const bytes = await exported(store, 'runs')
  const { archive } = await verified(bytes)
  expect(archive?.manifest).toMatchObject({
    phase: 'running',
    noScenario: expect.stringContaining('has not ended'),
  })
  // The snapshot is compressed: what it says is folded from what stands in the ledger, which `verified` has compared.
  for (const secret of secrets) expect(bytes.includes(secret), secret).toBe(false)
})

test('after the end loot opens nothing, and reports are still graded by it', async () => {
  await fill(store, 'over', day('over', true))
  const bytes = await exported(store, 'over')
  expect([bytes.includes(SEED), bytes.includes(LOOT)]).toEqual([false, true])
})

test('an export of an ended exercise shows every audience what its ledger shows', () => {
  for (const name of ['first-light', 'ground', 'own-means', 'witness', 'exercise-day']) {
    const whole = goldenStored(name)
    const read = (ledger: readonly Stored[]) => goldenViews(ledger.map(upcast))
    const shown = read(whole.map((stored) => cleaned(stored, true)))
    const wanted = read(whole)
    expect(shown).toEqual(wanted)
    expect(fold(whole.map(upcast)).seed).not.toBe('')
  }
})
