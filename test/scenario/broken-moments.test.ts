import { describe, test } from 'vitest'
import { attack, checkRow, inject, named, note, type Row, T, world } from './timeline-fixture.ts'

const ASKS = `answer: { text: 500 }, rubric: [{ id: clear, title: ${T}, points: 3 }]`
const POINTS = 'scoring: { availability: 4000, strategic: 1000 }\n'

describe('what can never come, or too late', () => {
  const TABLE: readonly Row[] = [
    [
      'entries that wait for each other, told once',
      [
        note('out', 'after: { entry: a, outcome: sent }'),
        inject('a', 'after: { entry: b, outcome: sent }'),
        inject('b', 'when: { or: [{ entry: a, outcome: sent }, { entry: c, outcome: sent }] }'),
        inject('c', 'when: { and: [{ entry: b, outcome: sent }, { phase: busy }] }'),
      ],
      [
        ['never-comes this never comes, for it waits for `a`, which never does', '{ entry: a'],
        ['cycle each waits for another, so that none ever comes: a -> b -> a', '{ entry: b'],
        ['cycle each waits for another, so that none ever comes: c -> b -> c', '{ and'],
      ],
    ],
    [
      'a long way round, by its ends',
      Array.from({ length: 30 }, (_, i) =>
        inject(`e${i}`, `after: { entry: e${(i + 1) % 30}, outcome: sent }`),
      ),
      [
        [
          'cycle each waits for another, so that none ever comes: e0 -> e1 -> e2 -> e3 -> e4 -> e5 -> (20 more) -> e26 -> e27 -> e28 -> e29 -> e0',
          '{ entry: e1,',
        ],
      ],
    ],
    [
      'one that waits for itself',
      [inject('a', 'after: { entry: a, outcome: sent }')],
      [['cycle `a` comes after itself', '{ entry: a']],
    ],
    [
      'a way round the circle is enough',
      [
        inject('a', 'when: { or: [{ entry: b, outcome: sent }, { phase: busy }] }'),
        inject('b', 'after: { entry: a, outcome: sent }'),
      ],
      [],
    ],
    [
      'not having come out is no waiting',
      [
        inject('a', 'when: { not: { entry: b, outcome: sent } }'),
        inject('b', 'after: { entry: a, outcome: sent }'),
      ],
      [],
    ],
    [
      'answers that nobody can give, deadlines that there are not, grades of nobody',
      [
        inject('notice', 'at: 1m'),
        inject('asked', `at: 1m, ${ASKS}`),
        note('one', 'after: { entry: notice, outcome: answered }'),
        note('two', 'after: { entry: asked, outcome: unanswered }'),
        note('three', 'when: { entry: notice, outcome: graded }'),
      ],
      [
        ['never-comes `notice` wants no answer, so it is never `answered`', 'answered'],
        ['never-comes `asked` has no `within`, so its time is never over', 'unanswered'],
        ['never-comes `notice` wants no answer, so it is never `graded`', 'graded'],
      ],
      POINTS,
    ],
    [
      'what goes to other teams than this',
      [
        inject('a', 'at: 1m, teams: [north]'),
        inject('b', 'after: { entry: a, outcome: sent }, teams: [south, north]'),
        inject('c', 'after: { entry: a, outcome: sent }, teams: [south]'),
      ],
      [
        ['never-comes `a` goes to `north` and this to `south`: no team gets both', 'a,'],
        [
          'team-not-playing only the first 1 teams play unless more are asked for (`defaultTeams`): without them this comes to nobody',
          '[south]',
        ],
      ],
    ],
    [
      'moments outside the exercise, with jitter too',
      [
        note('one', 'at: 5m'),
        note('two', 'at: 4m50s, jitter: 10s'),
        note('three', 'at: 5s, jitter: 10s'),
        note('four', 'at: 4m49s, jitter: 10s'),
      ],
      [
        ['outside-exercise 5m is not within the exercise, which lasts 5m', '5m }'],
        ['outside-exercise 5m (with jitter) is not within the exercise, which lasts 5m', '4m50s'],
        ['outside-exercise 5s less its jitter of 10s is before the start', '5s,'],
      ],
    ],
    [
      'what comes too late whatever teams do, told at the first of a row',
      [
        inject('a', 'at: 3m'),
        inject('b', 'after: { entry: a, outcome: sent, delay: 2m }'),
        inject('c', 'after: { entry: b, outcome: sent, delay: 1m }'),
        note('d', 'when: { phase: busy }, for: 3m'),
        note('e', 'when: { phase: busy }, for: 2m59s'),
      ],
      [
        ['outside-exercise this comes at 5m at the earliest; the exercise lasts 5m', '{ entry: a'],
        ['outside-exercise this comes at 5m at the earliest; the exercise lasts 5m', '{ phase: busy }'],
      ],
    ],
    [
      'notes and world events in a circle, and what comes after one is over too late',
      [
        note('a', 'after: { entry: b, outcome: began }'),
        world('b', 'after: { entry: a, outcome: said }'),
        world('c', 'at: 4m'),
        note('d', 'after: { entry: c, outcome: ended, delay: 29s }'),
        note('e', 'after: { entry: c, outcome: ended, delay: 30s }'),
        note('f', 'when: { report: { attack: g } }'),
        attack('g', 'after: { entry: f, outcome: said }'),
      ],
      [
        ['cycle each waits for another, so that none ever comes: a -> b -> a', '{ entry: b'],
        ['outside-exercise this comes at 5m at the earliest; the exercise lasts 5m', '{ entry: c'],
        ['cycle each waits for another, so that none ever comes: f -> g -> f', '{ report'],
      ],
    ],
    [
      'a deadline after the end, at a moment and in a row',
      [
        inject('a', `at: 3m, within: 2m, ${ASKS}`),
        inject('b', `at: 3m, jitter: 10s, within: 2m, ${ASKS}`),
        inject('c', `after: { entry: a, outcome: unanswered }, within: 1m, ${ASKS}`),
        inject('d', `after: { entry: b, outcome: sent, delay: 1m30s }, within: 1m, ${ASKS}`),
      ],
      [
        ['deadline-after-end an answer would be in time until 5m10s; the exercise lasts 5m', '2m'],
        ['outside-exercise this comes at 5m at the earliest; the exercise lasts 5m', '{ entry: a'],
        ['deadline-after-end an answer would be in time until 5m20s; the exercise lasts 5m', '1m'],
      ],
      POINTS,
    ],
  ]
  test.each(named(TABLE))('%s', (_, row) => checkRow(row))
})
