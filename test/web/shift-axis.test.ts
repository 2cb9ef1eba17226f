import fc from 'fast-check'
import { expect, test } from 'vitest'
import { axisOf, nearest, placeOn, stepped } from '../../web/msel/shift/axis.ts'

const MINUTE = 60_000

test('the next hour by whole minutes, the last of a long exercise, or the whole of a short one', () => {
  const long = { durationMs: 120 * MINUTE }
  expect(axisOf({ ...long, atMs: 5 * MINUTE + 59_000 })).toEqual({
    ...{ fromMs: 5 * MINUTE, toMs: 65 * MINUTE, stepMs: MINUTE },
    ...{ firstMs: 6 * MINUTE, lastMs: 119 * MINUTE },
  })
  expect(axisOf({ ...long, atMs: 100 * MINUTE })).toMatchObject({ fromMs: 60 * MINUTE, toMs: 120 * MINUTE })
  expect(axisOf({ durationMs: 10 * MINUTE, atMs: 4 * MINUTE })).toMatchObject({
    ...{ fromMs: 0, toMs: 10 * MINUTE, stepMs: 10_000, firstMs: 4 * MINUTE + 10_000 },
  })
})

test('a step from between two goes to the next of them', () => {
  const axis = axisOf({ durationMs: 120 * MINUTE, atMs: 0 })
  expect(stepped(axis, 7.5 * MINUTE, 1)).toBe(8 * MINUTE)
  expect(stepped(axis, 7.5 * MINUTE, -1)).toBe(7 * MINUTE)
  expect(stepped(axis, 8 * MINUTE, -5)).toBe(3 * MINUTE)
  expect(stepped(axis, 2 * MINUTE, -5)).toBe(MINUTE)
})

test('whatever is chosen is to come, before the end, and a whole step; and what is chosen stands where the hand is', () => {
  const moment = fc.record({
    durationMs: fc.integer({ min: 2 * MINUTE, max: 600 * MINUTE }),
    share: fc.double({ min: 0, max: 0.98, noNaN: true }),
  })
  fc.assert(
    fc.property(moment, fc.double({ min: -1, max: 2, noNaN: true }), ({ durationMs, share }, place) => {
      const atMs = durationMs * share
      const axis = axisOf({ durationMs, atMs })
      fc.pre(axis.firstMs <= axis.lastMs)
      const { fromMs, toMs, stepMs } = axis
      const at = nearest(axis, fromMs + place * (toMs - fromMs))
      expect(at).toBeGreaterThan(atMs)
      expect(at).toBeLessThan(durationMs)
      expect(at % stepMs).toBe(0)
      if (place > placeOn(axis, axis.firstMs) && place < placeOn(axis, axis.lastMs))
        expect(Math.abs(placeOn(axis, at) - place) * (toMs - fromMs)).toBeLessThanOrEqual(stepMs / 2 + 1)
    }),
  )
})
