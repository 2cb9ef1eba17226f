import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cameIn, playTimeline, randomTimeline } from './random-timeline.ts'

const RUNS = Number(process.env.KILP_TIMELINES ?? 600)

test('what white sees as next is what then comes; nothing is lost, doubled or out of order, whatever white does', {
  timeout: 600_000,
}, () => {
  let foretold = 0
  fc.assert(
    fc.property(randomTimeline, (made) => {
      const played = playTimeline(made)
      expect(played.untrue).toEqual([])
      const came = cameIn(played.run)
      expect(came.toSorted()).toEqual([...new Set(came)].toSorted())
      const moments = played.run.ledger.map(({ at }) => at)
      expect(moments).toEqual(moments.toSorted((a, b) => a - b))
      foretold += played.foretold
    }),
    { numRuns: RUNS },
  )
  // A view that says nothing is never wrong.
  expect(foretold).toBeGreaterThan(RUNS)
})
