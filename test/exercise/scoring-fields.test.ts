import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { decidedByPeople } from '#exercise/scoring/decided.ts'
import {
  CATEGORY_FIELDS,
  changedFields,
  linkedScoring,
  RULE_FIELDS,
  scoringLink,
  scoringText,
} from '#exercise/scoring/scoring-fields.ts'
import { readScoring } from '../../server/scenario/scoring-file.ts'
import { goldenLedger } from './golden-views.ts'
import { attacked, runningRun } from './run.ts'

const { scoring } = fold(goldenLedger('exercise-day')).scenario
const FIELDS = [...CATEGORY_FIELDS, ...RULE_FIELDS]

/** Any weights that a page can set, from some of their fields. */
const weights = fc
  .array(
    fc.constantFrom(...FIELDS).chain((field) =>
      fc.record({
        field: fc.constant(field),
        value:
          field.unit === 'share'
            ? fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000)
            : fc.integer({ min: 0, max: field.most }),
      }),
    ),
  )
  .map((changes) => changes.reduce((all, { field, value }) => field.set(all, value), scoring))
  .filter(({ recoveryFullMs, recoveryZeroMs }) => recoveryZeroMs > Math.max(recoveryFullMs, 1_000))

describe('weights that a page sets', () => {
  test('every number of the scoring has a field, and each field changes its own alone', () => {
    for (const field of FIELDS) {
      const other = field.set(scoring, field.unit === 'share' ? 0.123 : 123)
      expect(changedFields(scoring, other).map(({ name }) => name)).toEqual([field.name])
    }
    const numbers = Object.values(scoring).flat().length
    expect(FIELDS).toHaveLength(numbers + (scoring.revertCost === undefined ? 1 : 0))
  })

  test('are the same in a link, and in the file that `kilp rescore --scoring` reads', () => {
    fc.assert(
      fc.property(weights, (other) => {
        expect(linkedScoring(scoringLink(scoring, other), scoring)).toEqual({ scoring: other, bad: [] })
        const text = scoringText(scoring, other)
        if (changedFields(scoring, other).length > 0)
          expect(readScoring(text, scoring)).toEqual({ ok: true, scoring: other })
      }),
    )
  })

  test.each([
    ['defence', ['defence']],
    ['defence:', ['defence:']],
    ['defence:many,recovery:5', ['defence:many']],
    ['defence:-1', ['defence:-1']],
    ['defence:10001', ['defence:10001']],
    ['slowCredit:1.1', ['slowCredit:1.1']],
    ['recoveryFull:1.5', ['recoveryFull:1.5']],
    ['defence:1:2', ['defence:1:2']],
    ['__proto__:1', ['__proto__:1']],
  ])('of the link %j it is said what can not be used', (link, bad) => {
    expect(linkedScoring(link, scoring).bad).toEqual(bad)
  })
})

test('adjustments, appeals and what was void are listed with who and why', () => {
  const run = runningRun()
  attacked(run, 'meremaa', 'wave-1', 'defended')
  const by = { kind: 'seat', seatId: 'w', seat: 'white', name: 'Anna' } as const
  run.give(
    'adjust-score',
    { team: 'meremaa', category: 'defence', points: -5, reason: 'Late', seen: 0 },
    70_000,
    by,
  )
  const blue = { ...by, seat: 'blue' } as const
  const subject = { kind: 'line', id: 'defence/wave-1' } as const
  run.give('make-appeal', { team: 'meremaa', subject, text: 'Why?' }, 71_000, blue)
  expect(decidedByPeople(run.state)).toMatchObject([
    { team: 'meremaa', kind: 'adjustment', points: -5, reason: 'Late', by: { name: 'Anna' } },
    { team: 'meremaa', kind: 'appeal', text: 'Why?', answer: null },
  ])
})
