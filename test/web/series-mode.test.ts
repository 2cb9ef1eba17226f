import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seriesIn } from '../../web/scoreboard/series-mode.ts'

const series = fc.integer({ min: 1, max: 6 }).chain((moments) =>
  fc
    .array(fc.array(fc.nat(10_000), { minLength: moments, maxLength: moments }), {
      minLength: 1,
      maxLength: 24,
    })
    .map((lost) => ({
      timesMs: Array.from({ length: moments }, (_, i) => i * 1000),
      teams: lost.map((values, i) => ({ id: `t${i}`, lost: values })),
    })),
)

describe('the curve', () => {
  test('as a gap to the leader: somebody leads at every moment, and nobody is before them', () => {
    fc.assert(
      fc.property(series, (given) => {
        const { teams } = seriesIn(given, 'leader')
        for (const i of given.timesMs.keys())
          expect(Math.min(...teams.map(({ lost }) => lost[i] ?? -1))).toBe(0)
      }),
    )
  })

  test('as a gap to the mean: what some are above it, others are below it; who lost less is above', () => {
    fc.assert(
      fc.property(series, (given) => {
        const { teams } = seriesIn(given, 'mean')
        for (const i of given.timesMs.keys()) {
          const values = teams.map(({ lost }) => lost[i] ?? 0)
          expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5)
          const least = given.teams.map(({ lost }) => lost[i] ?? 0)
          expect(values[least.indexOf(Math.min(...least))]).toBe(Math.max(...values))
        }
      }),
    )
  })

  test('of points lost is as it is', () => {
    fc.assert(fc.property(series, (given) => seriesIn(given, 'lost') === given))
  })
})
