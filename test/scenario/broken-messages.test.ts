import { describe, test } from 'vitest'
import { attack, checkRow, inject, named, note, type Row, T } from './timeline-fixture.ts'

const ASKS = `answer: { text: 500 }, rubric: [{ id: clear, title: ${T}, points: 3 }]`
const POINTS = 'scoring: { availability: 4000, strategic: 1000 }\n'

describe('what is asked for, what it earns and what it is for', () => {
  const TABLE: readonly Row[] = [
    [
      'an answer that nobody can grade, unless it counts nowhere',
      [
        inject('a', 'at: 1m, answer: { text: 500 }'),
        inject('b', 'at: 1m, answer: { text: 500 }, weight: 0'),
        inject(
          'c',
          `at: 1m, answer: { choice: [{ id: x, text: ${T} }, { id: y, text: ${T}, right: true }] }`,
        ),
        inject('d', `at: 1m, answer: { choice: [{ id: x, text: ${T} }, { id: y, text: ${T} }] }`),
        inject('e', 'at: 1m, answer: { sitrep: true }, category: strategic'),
      ],
      [
        [
          'no-rubric nobody can grade the answer: give a `rubric`, a choice with `right: true`, or `weight: 0` if it is to count nowhere',
          '{ text: 500 }',
        ],
        [
          'no-rubric nobody can grade the answer: give a `rubric`, a choice with `right: true`, or `weight: 0` if it is to count nowhere',
          '{ choice',
        ],
      ],
      POINTS,
    ],
    [
      'what goes with an answer, without one',
      [inject('a', `at: 1m, within: 1m, rubric: [{ id: x, title: ${T}, points: 1 }]`)],
      [
        ['no-answer `within` goes with `answer`: without one, nothing is asked for', '1m'],
        ['no-answer `rubric` goes with `answer`: without one, nothing is asked for', '[{ id: x'],
      ],
    ],
    [
      'criteria and options of one name, and several right ones of which one may be chosen',
      [
        inject(
          'a',
          `at: 1m, answer: { text: 9 }, rubric: [{ id: x, title: ${T}, points: 1 }, { id: x, title: ${T}, points: 1 }]`,
        ),
        inject(
          'b',
          `at: 1m, answer: { choice: [{ id: y, text: ${T}, right: true }, { id: z, text: ${T}, right: true }] }`,
        ),
      ],
      [
        ['duplicate-id `x` is there already', 'x, title'],
        ['not-several 2 options are right and one may be chosen: add `several: true`', '[{ id: y'],
      ],
      POINTS,
    ],
    [
      'numbers that are taken, by those that nobody wrote too',
      [
        inject('a', 'at: 1m, number: 7'),
        inject('b', 'at: 1m'),
        inject('c', 'at: 1m, number: 8'),
        note('d', 'at: 1m, number: 6'),
        note('e', 'at: 1m'),
      ],
      [
        [
          'duplicate-number `b` has number 8 already; without `number`, an entry has the one after the entry before it',
          '8',
        ],
        [
          'duplicate-number `a` has number 7 already; without `number`, an entry has the one after the entry before it',
          'e, text',
        ],
      ],
    ],
    [
      'a category without points, and points without a message',
      [inject('a', `at: 1m, ${ASKS}`), inject('b', `at: 1m, ${ASKS}`)],
      [
        [
          'small-jitter its moment is known to within 1m: to freeze `desk` for so long, and for the 45s that attackers ask again, costs less than to be breached; `jitter: 42s` makes it cost more',
          'drawer-late',
        ],
        [
          'category-without-points strategic has no points in `scoring`: 2 answers earn nothing',
          '{ text: 500 }',
        ],
        [
          'points-without-message no message earns points of forensics: they are added to availability',
          '1100',
        ],
      ],
      'scoring: { availability: 4000, recovery: 1900, forensics: 1100 }\n',
    ],
    [
      'a category that no answer earns points of',
      [inject('a', `at: 1m, ${ASKS}, category: defence`)],
      [['bad-value `defence` is not one of `reporting`, `forensics`, `strategic`', 'defence']],
      '',
    ],
    [
      'objectives that are not there, twice there, and tested by nothing',
      [
        inject('a', 'at: 1m, objectives: [repot, tell]'),
        attack('b', 'at: 4m, jitter: 5s, objectives: [mend]'),
      ],
      [
        ['unknown-objective there is no objective `repot`; did you mean `report`?', 'repot'],
        [
          'not-tested nothing tests `report`: name it in `objectives` of an entry or of a weakness that is attacked',
          'report',
        ],
        ['duplicate-id `tell` is there already', 'tell, title: { en: d'],
      ],
      `objectives: [{ id: report, title: ${T} }, { id: tell, title: ${T} }, { id: mend, title: ${T} }, { id: tell, title: { en: d, et: d, ja: d } }]\n`,
    ],
    [
      'a missing translation in every kind of entry',
      [
        inject('a', 'at: 1m').replace(`from: ${T}`, 'from: { en: a, ja: b }'),
        attack('b', 'at: 4m, jitter: 5s').replace(T, '{ en: b, et: c }'),
        note('c', 'at: 1m').replace(T, '{ et: c, ja: c }'),
      ],
      [
        ['missing-text this is not there in `et`', '{ en: a, ja: b }'],
        ['missing-text this is not there in `ja`', '{ en: b, et: c }'],
        ['missing-text this is not there in `en`', '{ et: c, ja: c }'],
      ],
    ],
    [
      'attacks of the one list are looked at as those of the older one are',
      [
        attack('b', 'at: 4m, jitter: 5s, follows: drawer-lte'),
        attack('c', 'at: 4m, jitter: 5s').replace('open-drawer', 'open-drawr'),
        attack('d', 'at: 1m, jitter: 5s, follows: drawer-late'),
      ],
      [
        ['unknown-attack there is no attack `drawer-lte`; did you mean `drawer-late`?', 'drawer-lte'],
        [
          'unknown-weakness there is no weakness `desk/open-drawr`; did you mean `desk/open-drawer`?',
          'desk/open-drawr',
        ],
        [
          'after-too-late `drawer-late` may come as late as 3m30s, and this one as early as 55s',
          'drawer-late',
        ],
      ],
    ],
  ]
  test.each(named(TABLE))('%s', (_, row) => checkRow(row))
})
