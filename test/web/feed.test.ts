import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clockText } from '#exercise/scenario/clock-text.ts'
import { evolve } from '../../server/exercise/fold/evolve.ts'
import { initialState } from '../../server/exercise/fold/state.ts'
import { exerciseView } from '../../server/exercise/views/exercise-view.ts'
import { seriesAt, seriesOf, stepFor } from '../../server/exercise/views/series.ts'
import { foldBatch, nothingFolded } from '../../server/exercise/wire/folded.ts'
import type { EventBatch } from '../../server/exercise/wire/protocol.ts'
import { BOARDS, hrefOf, PICTURES, parseRoute, SCENES, THEMES } from '../../web/app/route.ts'
import { createFeedStore, passTime, takeBatches } from '../../web/feed/feed.ts'
import { exerciseTime, STALE_AFTER_MS } from '../../web/feed/page-clock.ts'
import { cellsOf, windowOf } from '../../web/kit/history-strip.tsx'
import { recordLedger } from '../kit/ledger.ts'

const AT = 372_000
const ledger = recordLedger(AT)
const whole = ledger.reduce(evolve, initialState)
const batch = (after: number, cursor: number): EventBatch => ({
  after,
  cursor,
  events: ledger.slice(after, cursor),
})

describe('fold', () => {
  test('any cutting, overlapping or repeating of the stream gives the view of the whole ledger', () => {
    const step = fc.record({ back: fc.nat(5), length: fc.integer({ min: 1, max: 40 }) })
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        let folded = nothingFolded
        for (const { back, length } of steps) {
          const after = Math.max(0, folded.cursor - back)
          folded = foldBatch(folded, batch(after, Math.min(ledger.length, after + length))) ?? folded
        }
        folded = foldBatch(folded, batch(folded.cursor, ledger.length)) ?? folded
        const seen = exerciseView(folded.state, AT, { seat: 'white' })
        expect(seen).toEqual(exerciseView(whole, AT, { seat: 'white' }))
        expect(folded.losses && seriesAt(folded.losses, folded.state, AT)).toEqual(
          seriesOf(ledger, stepFor(600_000), AT),
        )
      }),
      { numRuns: 30 },
    )
  })

  test('a gap is never folded over', () => {
    expect(foldBatch(nothingFolded, batch(3, 9))).toBeNull()
  })

  test('a gap is filled from the ledger, page by page', async () => {
    const asked: number[] = []
    const store = createFeedStore(() => 0)
    const take = takeBatches(store, async (after) => {
      asked.push(after)
      return batch(after, Math.min(ledger.length, after + 50))
    })
    take(batch(ledger.length - 1, ledger.length))
    await expect.poll(() => store.getState().folded.cursor).toBe(ledger.length)
    expect(asked.slice(0, 2)).toEqual([0, 50])
  })
})

describe('exercise time on a page', () => {
  const beat = { exerciseMs: 10_000, speed: 2, running: true, wall: 0, cursor: 0 }
  test('goes on between beats, at the exercise’s speed', () => {
    expect(exerciseTime({ beat, heardAt: 100 }, 600)).toBe(11_000)
  })
  test('stands while the exercise does, and once beats are late', () => {
    expect(exerciseTime({ beat: { ...beat, running: false }, heardAt: 0 }, 900)).toBe(10_000)
    expect(exerciseTime({ beat, heardAt: 0 }, 60_000)).toBe(10_000 + 2 * STALE_AFTER_MS)
  })
  test('is old after three seconds of silence while running, and says how long', () => {
    const store = createFeedStore(() => 0)
    takeBatches(store, async () => batch(0, 0))(batch(0, ledger.length))
    store.setState({ connection: 'live', heard: { beat, heardAt: 0 }, aliveAt: 0 })
    passTime(store, 2900)
    expect(store.getState().staleMs).toBeNull()
    passTime(store, 3100)
    expect(store.getState().staleMs).toBe(3100)
  })
})

describe('history strip', () => {
  const spans = [
    { fromMs: 0, toMs: 50, verdict: 'up' },
    { fromMs: 50, toMs: 55, verdict: 'down' },
    { fromMs: 55, toMs: 80, verdict: 'up' },
  ] as const
  test('a short outage is not averaged away', () => {
    expect(cellsOf(spans, 0, 100, 5)).toEqual(['up', 'up', 'down', 'up', null])
  })
  test('the window is the whole exercise, or its last two hours', () => {
    expect(windowOf(60_000, 600_000)).toEqual([0, 600_000])
    expect(windowOf(5 * 3_600_000, 8 * 3_600_000)).toEqual([3 * 3_600_000, 5 * 3_600_000])
  })
})

describe('route', () => {
  test('what is written into the URL is read back', () => {
    const route = fc.record({
      exercise: fc.option(fc.string({ minLength: 1 })),
      scene: fc.constantFrom(...SCENES.filter((scene) => scene !== 'start')),
      arg: fc.option(fc.string({ minLength: 1 })),
      service: fc.constant(null),
      tab: fc.constant(null),
      item: fc.constant(null),
      lang: fc.option(fc.constantFrom('en', 'et', 'ja')),
      theme: fc.option(fc.constantFrom(...THEMES)),
      big: fc.boolean(),
      board: fc.option(fc.constantFrom(...BOARDS, ...PICTURES)),
      rotate: fc.option(fc.integer({ min: 5, max: 600 })),
      pick: fc.option(fc.string({ minLength: 1 })),
      weights: fc.option(fc.string({ minLength: 1 })),
      embed: fc.boolean(),
      at: fc.option(fc.integer({ min: 0, max: 1e6 }).map((seconds) => seconds * 1000)),
    })
    fc.assert(
      fc.property(route, (given) => {
        expect(parseRoute(hrefOf(given))).toEqual(given)
      }),
    )
  })
  test('an address may say which service of a room, and what of it', () => {
    const words = fc.string({ minLength: 1 })
    const tab = fc.oneof(
      fc.record({ tab: fc.option(words), item: fc.constant(null) }),
      fc.record({ tab: words, item: words }),
    )
    const place = fc
      .tuple(fc.record({ arg: words, service: words }), tab)
      .map(([where, what]) => ({ ...where, ...what }))
    fc.assert(
      fc.property(place, (given) => {
        const route = { ...parseRoute('#/e/1a/instructor?lang=et'), ...given }
        expect(parseRoute(hrefOf(route))).toEqual(route)
      }),
    )
    expect(parseRoute('#/instructor/kalev/tax/logs')).toMatchObject({
      arg: 'kalev',
      service: 'tax',
      tab: 'logs',
    })
    // Without what it is of, nothing is named.
    expect(hrefOf({ ...parseRoute('#/instructor/kalev'), tab: 'logs' })).toBe('#/instructor/kalev')
  })
  test('nonsense is the start page', () => {
    expect(parseRoute('#/nowhere?lang=xx&theme=pink')).toEqual({
      exercise: null,
      scene: 'start',
      arg: null,
      service: null,
      tab: null,
      item: null,
      lang: null,
      theme: null,
      big: false,
      board: null,
      rotate: null,
      pick: null,
      weights: null,
      embed: false,
      at: null,
    })
    for (const at of ['', 'x', '-3', 'Infinity']) expect(parseRoute(`#/national?at=${at}`).at).toBeNull()
    for (const rotate of ['', 'x', '-3', '0'])
      expect(parseRoute(`#/national?rotate=${rotate}`).rotate).toBeNull()
    expect(parseRoute('#/national?rotate=1').rotate).toBe(5)
    expect(parseRoute('#/join/%E0%A4%A').scene).toBe('join')
    expect(parseRoute('#/e')).toMatchObject({ exercise: null, scene: 'start' })
  })
  test('an address names its exercise, and one of before means the current one', () => {
    expect(parseRoute('#/e/1a2b3c4d')).toMatchObject({ exercise: '1a2b3c4d', scene: 'start', arg: null })
    expect(parseRoute('#/e/1a2b3c4d/')).toMatchObject({ exercise: '1a2b3c4d', scene: 'start', arg: null })
    expect(parseRoute('#/e/1a2b3c4d/team/red?lang=et')).toMatchObject({
      exercise: '1a2b3c4d',
      scene: 'team',
      arg: 'red',
      lang: 'et',
    })
    for (const hash of ['#/team/red', '#/instructor', '#/national?big=1', '#/', ''])
      expect(parseRoute(hash).exercise, hash).toBeNull()
  })
})

test('clock text', () => {
  expect([0, 65_000, 3_723_000].map(clockText)).toEqual(['0:00', '1:05', '1:02:03'])
})
