import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { compare, comparisonTable } from '#exercise/views/comparison/comparison.ts'
import {
  type FoughtAttack,
  type FoughtExercise,
  foughtExercise,
} from '#exercise/views/comparison/exercise-facts.ts'
import { goldenLedger } from './golden-views.ts'
import { naiveAttacks } from './report/naive.ts'

const text = (said: string) => ({ en: said, et: said, ja: said })
const MIN = 60_000
const landed = (mend: number | null, more: Partial<FoughtAttack> = {}): FoughtAttack => ({
  ...{ classes: ['A01', 'T1190'], state: 'landed', detectMs: mend, reportMs: mend, mendMs: mend },
  ...more,
})
const blocked: FoughtAttack = {
  ...{ classes: ['A01'], state: 'blocked', detectMs: null, reportMs: null, mendMs: null },
}
const exercise = (wall: number, teams: Readonly<Record<string, readonly FoughtAttack[]>>, ended = true) => ({
  ...{ exercise: `e${wall}`, title: text(`Day ${wall}`), ended, wall },
  teams: Object.entries(teams).map(([name, attacks]) => ({ name: text(name), attacks })),
})
const all = (found: ReturnType<typeof compare>, unit: string) =>
  found.rows.filter((one) => one.unit === unit && one.weaknessClass === null)

describe('[CP1] units over exercises', () => {
  test('teams of one name are one unit, in the order of time, and further names where somebody says so', () => {
    const days: readonly (FoughtExercise & { readonly wall: number })[] = [
      exercise(2, { ' KALEV': [blocked], Linda: [] }),
      exercise(1, { Kalev: [landed(MIN)], 'Kalev II': [landed(2 * MIN)] }),
    ]
    const found = compare(days)
    expect(found.units.map(({ unit }) => unit)).toEqual(['Kalev', 'Kalev II', 'Linda'])
    expect(all(found, 'Kalev').map(({ exercise: id, judged }) => [id, judged])).toEqual([
      ['e1', 1],
      ['e2', 1],
    ])
    const joined = compare(days, new Map([['kalev ii', 'Kalev']]))
    expect(joined.units[0]).toEqual({ unit: 'Kalev', names: [' KALEV', 'Kalev', 'Kalev II'] })
    expect(all(joined, 'Kalev')[0]?.times.mend).toEqual({ n: 2, ms: 1.5 * MIN })
  })

  test('who closes only the quick ones does not look quicker', () => {
    const found = compare([exercise(1, { Kalev: [landed(MIN), landed(null), landed(null)] })])
    expect(all(found, 'Kalev')[0]?.times.mend).toEqual({ n: 3, ms: null })
    const one = compare([exercise(1, { Kalev: [landed(MIN), landed(5 * MIN), landed(null)] })])
    expect(all(one, 'Kalev')[0]?.times.mend).toEqual({ n: 3, ms: 5 * MIN })
  })

  test('what got better is said of the last two that are over, from three attacks on', () => {
    const three = (ms: number | null) => [landed(ms), landed(ms), landed(ms)]
    const trend = (before: readonly FoughtAttack[], last: readonly FoughtAttack[]) =>
      compare([
        exercise(1, { Kalev: three(9 * MIN) }),
        exercise(2, { Kalev: before }),
        exercise(3, { Kalev: last }),
        exercise(4, { Kalev: three(1) }, false),
      ]).trends.find(({ weaknessClass }) => weaknessClass === null)
    expect(trend(three(10 * MIN), three(8 * MIN))?.times.mend).toBe('better')
    expect(trend(three(10 * MIN), three(9 * MIN))?.times.mend).toBe('same')
    expect(trend(three(8 * MIN), three(10 * MIN))?.times.mend).toBe('worse')
    expect(trend(three(null), three(10 * MIN))?.times.mend).toBe('better')
    expect(trend(three(10 * MIN), three(null))?.times.mend).toBe('worse')
    expect(trend(three(null), three(null))?.times.mend).toBe('unknown')
    expect(trend(three(0), three(0))?.times.mend).toBe('same')
    expect(trend(three(10 * MIN), [landed(1), landed(1), blocked])?.times.mend).toBe('few')
    expect(trend(three(1), [landed(1), landed(1), blocked])?.stopped).toBe('better')
    expect(compare([exercise(1, { Kalev: three(1) })]).trends).toEqual([])
  })

  test('each class has its own rows, and exercises without reports have no times of reports', () => {
    const { reportMs: _, ...silent } = landed(MIN)
    const found = compare([exercise(1, { Kalev: [silent, { ...blocked, classes: ['A05'] }] })])
    expect(found.classes).toEqual(['A01', 'A05', 'T1190'])
    const row = found.rows.find(({ weaknessClass }) => weaknessClass === 'A01')
    expect(row).toMatchObject({
      judged: 1,
      stopped: 0,
      times: { report: { n: 0, ms: null }, mend: { n: 1 } },
    })
    const { columns, rows } = comparisonTable(found)
    expect(rows).toHaveLength(found.rows.length)
    for (const one of rows) expect(one).toHaveLength(columns.length)
  })

  test.each(['first-light', 'witness', 'exercise-day'])('of %s the facts are those of its ledger', (name) => {
    const ledger = goldenLedger(name)
    const state = fold(ledger)
    const { teams } = foughtExercise(state, state.atMs)
    const naive = naiveAttacks(ledger)
    for (const [n, team] of state.teams.entries()) {
      const own = naive.filter((one) => one.team === team.id && (one.landedMs !== null || one.blocked))
      const sorted = (of: readonly (number | null)[]) => of.toSorted((a, b) => (a ?? -1) - (b ?? -1))
      expect(sorted(teams[n]?.attacks.map(({ mendMs }) => mendMs) ?? [])).toEqual(
        sorted(
          own.map(({ landedMs, closedMs }) =>
            closedMs === null || landedMs === null ? null : closedMs - landedMs,
          ),
        ),
      )
    }
  })
})
