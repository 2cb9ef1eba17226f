import { describe, test } from 'vitest'
import { attack, checkRow, inject, named, note, type Row, world } from './timeline-fixture.ts'

describe('names in triggers, conditions and addressees', () => {
  const TABLE: readonly Row[] = [
    ['all in order', [inject('hello', 'at: 1m'), note('look', 'after: { entry: hello, outcome: sent }')], []],
    [
      'an unknown entry, with the nearest',
      [inject('hello', 'at: 1m'), note('look', 'after: { entry: helo, outcome: sent }')],
      [['unknown-entry there is no entry `helo`; did you mean `hello`?', 'helo,']],
    ],
    [
      'an unknown entry deep in a condition',
      [note('look', 'when: { and: [{ not: { entry: drawer-lat, outcome: landed } }, { scoreBelow: 0.5 }] }')],
      [['unknown-entry there is no entry `drawer-lat`; did you mean `drawer-late`?', 'drawer-lat,']],
    ],
    [
      'an outcome that an attack does not have',
      [note('look', 'after: { entry: drawer-late, outcome: answered }')],
      [
        [
          'wrong-outcome `drawer-late` is of kind `attack`; it comes out as one of `landed`, `open`, `blocked`, `concluded`',
          'answered',
        ],
      ],
    ],
    [
      'an outcome that a message does not have',
      [inject('hello', 'at: 1m'), note('look', 'when: { entry: hello, outcome: landed }')],
      [
        [
          'wrong-outcome `hello` is of kind `inject`; it comes out as one of `sent`, `answered`, `unanswered`, `graded`',
          'landed',
        ],
      ],
    ],
    [
      'outcomes that a note and a world event have, and one that they do not',
      [
        note('first', 'at: 1m'),
        world('cut', 'at: 1m'),
        note('one', 'after: { entry: first, outcome: said }'),
        note('two', 'after: { entry: cut, outcome: began, delay: 10s }'),
        note(
          'three',
          'when: { and: [{ entry: cut, outcome: ended }, { not: { entry: one, outcome: said } }] }',
        ),
        note('four', 'after: { entry: first, outcome: sent }'),
        note('five', 'after: { entry: cut, outcome: said }'),
      ],
      [
        ['wrong-outcome `first` is of kind `note`; it comes out as one of `said`', 'sent'],
        ['wrong-outcome `cut` is of kind `world`; it comes out as one of `began`, `ended`', 'said'],
      ],
    ],
    [
      'reports of what is not there, and of attacks on others',
      [
        note('one', 'when: { report: any }, for: 1m'),
        note(
          'two',
          'when: { and: [{ report: { attack: drawer-late } }, { not: { report: { service: desk } } }] }',
        ),
        note('three', 'when: { report: { attack: drawer-latt } }'),
        note('four', 'when: { report: { service: dekc } }'),
        note('five', 'when: { report: {} }'),
      ],
      [
        ['unknown-attack there is no attack `drawer-latt`; did you mean `drawer-late`?', 'drawer-latt'],
        ['not-deployed `dekc` is not deployed, so that no report is of it; did you mean `desk`?', 'dekc'],
        ['missing-key `attack` is missing here', 'report'],
      ],
    ],
    [
      'a service that is not deployed, and a journey that is none',
      [
        note('one', 'when: { verdict: dekc, is: [down] }'),
        note('two', 'when: { verdict: desk/hand-im, is: [down] }'),
      ],
      [
        [
          'not-deployed `dekc` is not deployed, so that its verdict is never known; did you mean `desk`?',
          'dekc',
        ],
        [
          'unknown-journey `desk/hand-im` is no journey of a deployed service; did you mean `desk/hand-in`?',
          'desk/hand-im',
        ],
      ],
    ],
    [
      'a phase and an attack that are not there',
      [note('one', 'when: { phase: bussy }'), note('two', 'when: { foothold: drawer-latt }')],
      [
        ['unknown-phase there is no phase `bussy`; did you mean `busy`?', 'bussy'],
        ['unknown-attack there is no attack `drawer-latt`; did you mean `drawer-late`?', 'drawer-latt'],
      ],
    ],
    [
      'a team that is not there, and one that does not play unless asked for',
      [inject('one', 'at: 1m, teams: [noth]'), inject('two', 'at: 1m, teams: [south]')],
      [
        ['unknown-team there is no team `noth`; did you mean `north`?', 'noth'],
        [
          'team-not-playing only the first 1 teams play unless more are asked for (`defaultTeams`): without them this comes to nobody',
          '[south]',
        ],
      ],
    ],
    [
      'an attack that follows one which some of its teams never get, and addressees that are not there',
      [
        attack('first', 'at: 1m, teams: [north]'),
        attack('second', 'at: 4m, follows: first'),
        attack('third', 'at: 4m, follows: first, teams: [north]'),
        attack('fourth', 'at: 4m, teams: [nort]'),
        note('one', 'when: { foothold: first }, teams: [south]'),
      ],
      [
        ['never-comes `first` never comes to `south`: there this would wait for it until the end', 'first'],
        ['unknown-team there is no team `nort`; did you mean `north`?', 'nort'],
        ['never-comes `first` goes to `north` and this to `south`: no team gets both', 'first }'],
        [
          'team-not-playing only the first 1 teams play unless more are asked for (`defaultTeams`): without them this comes to nobody',
          '[south]',
        ],
      ],
    ],
    [
      'ids that are there already, in whichever list',
      [inject('drawer-late', 'at: 1m'), note('look', 'at: 1m'), inject('look', 'at: 2m')],
      [
        ['duplicate-id `drawer-late` is there already', 'drawer-late'],
        ['duplicate-id `look` is there already', 'look'],
      ],
    ],
    [
      'keys that belong to another kind of entry, moment or answer',
      [
        note('one', 'at: 1m, channel: press'),
        note('two', 'at: 1m, manual: true'),
        note('three', 'at: 1m, for: 10s'),
        world('cut', 'at: 1m, once: all'),
        `{ kind: injekt, id: four, at: 1m }`,
      ],
      [
        [
          'unknown-key `channel` is not a key here; keys are `kind`, `id`, `number`, `text`, `teams`, `at`, `jitter`, `after`, `when`, `for`, `once`, `manual`',
          'channel',
        ],
        ['one-moment an entry has one of `at`, `after`, `when` and `manual`', '{ kind: note, id: two'],
        [
          'of-another-moment `for` and `once` go with `when`, `jitter` with `at` or `after`',
          '{ kind: note, id: three',
        ],
        [
          'of-another-moment `for` and `once` go with `when`, `jitter` with `at` or `after`',
          '{ kind: world, id: cut',
        ],
        ['unknown-kind an entry is of kind `inject`, `attack`, `note` or `world`', 'injekt'],
      ],
    ],
    [
      'a score that is to be low for a while, however deep it stands',
      [
        note('one', 'when: { scoreBelow: 0.5 }'),
        note('two', 'when: { scoreBelow: 0.5 }, for: 0s'),
        note('three', 'when: { foothold: any }, for: 9s'),
        note('four', 'when: { scoreBelow: 0.5 }, for: 10s'),
        note('five', 'when: { or: [{ phase: busy }, { not: { scoreBelow: 0.5 } }] }, for: 11s'),
      ],
      ['10s', '11s'].map(
        (at) =>
          [
            'no-beginning `for` can not go with `scoreBelow`: since when a score has been so low is not known, so that this would never be over; leave out `for`, or wait for something else',
            at,
          ] as const,
      ),
    ],
    [
      'a condition that is none says what is wrong with the one that was meant',
      [note('one', 'when: { verdict: desk, is: [dwn] }'), note('two', 'when: { entry: drawer-late }')],
      [
        [
          'bad-value `dwn` is not one of `up`, `slow`, `broken`, `down`, `unknown`; did you mean `down`?',
          'dwn',
        ],
        ['missing-key `outcome` is missing here', 'when'],
      ],
    ],
  ]
  test.each(named(TABLE))('%s', (_, row) => checkRow(row))
})
