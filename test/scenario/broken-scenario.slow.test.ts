import { expect, test } from 'vitest'
import { complaints, type Edit, fixture } from './fixture.ts'

const SCENARIO = 'scenario/scenario.yaml'

const TABLE: readonly (readonly [name: string, edit: Edit, expected: readonly string[]])[] = [
  [
    'an unknown key',
    { file: SCENARIO, from: 'weight: 5', to: 'wieght: 5' },
    [`${SCENARIO}:26:7 unknown-key \`wieght\` is not a key here; did you mean \`weight\`?`],
  ],
  [
    'an unknown key with nothing near',
    { file: SCENARIO, from: 'kilp: 1', to: 'kilp: 1\ncolour: red' },
    [
      `${SCENARIO}:2:1 unknown-key \`colour\` is not a key here; keys are \`kilp\`, \`slug\`, \`languages\`, \`title\`, \`summary\`, \`duration\`, \`population\`, \`teams\`, \`defaultTeams\`, \`services\`, \`citizens\`, \`weaknesses\`, \`checks\`, \`terminals\`, \`objectives\`, \`life\`, \`timeline\`, \`scoring\``,
    ],
  ],
  [
    'a missing key',
    { file: SCENARIO, from: 'population: 1000\n', to: '' },
    [`${SCENARIO}:1:1 missing-key \`population\` is missing here`],
  ],
  [
    'a missing translation',
    { file: SCENARIO, from: ', ja: 北', to: '' },
    [`${SCENARIO}:9:24 missing-text this is not there in \`ja\``],
  ],
  [
    'an empty translation',
    { file: SCENARIO, from: 'ja: 北', to: "ja: ''" },
    [`${SCENARIO}:9:51 out-of-range a text is missing here`],
  ],
  [
    'a fourth language',
    { file: SCENARIO, from: 'ja: 北 }', to: 'ja: 北, ee: Põhi }' },
    [`${SCENARIO}:9:24 other-language \`ee\` is not among the \`languages\` of the scenario`],
  ],
  [
    'an attack that never comes',
    { file: SCENARIO, from: 'at: 1m30s', to: 'weight: 2' },
    [`${SCENARIO}:29:7 one-moment an attack has one of \`at\` and \`manual\`, or \`after\` without either`],
  ],
  [
    'a phase with two moments',
    { file: SCENARIO, from: 'from: 2m', to: 'from: 2m, manual: true' },
    [`${SCENARIO}:21:7 one-moment a phase has either \`from\` or \`manual\``],
  ],
  [
    'a delay after nothing',
    { file: SCENARIO, from: 'at: 1m30s', to: 'at: 1m30s\n      delay: 5s' },
    [
      `${SCENARIO}:29:7 delay-without-after \`delay\` goes with \`after\` alone: \`at\` and \`manual\` are moments of their own`,
    ],
  ],
  [
    'a wrong type',
    { file: SCENARIO, from: 'population: 1000', to: 'population: many' },
    [`${SCENARIO}:6:13 wrong-type expected a number here, got the text \`many\``],
  ],
  [
    'a list where a map belongs',
    {
      file: SCENARIO,
      from: 'title: { en: Two desks, et: Kaks lauda, ja: 二つの窓口 }',
      to: 'title: [Two desks]',
    },
    [`${SCENARIO}:3:8 wrong-type expected a text or a map of keys here, got a list`],
  ],
  [
    'another version of the format',
    { file: SCENARIO, from: 'kilp: 1', to: 'kilp: 2' },
    [`${SCENARIO}:1:7 bad-value \`2\` must be \`1\``],
  ],
  [
    'a number for a duration',
    { file: SCENARIO, from: 'duration: 5m', to: 'duration: 5' },
    [`${SCENARIO}:5:11 wrong-type a duration is written like \`2m30s\`, \`500ms\` or \`1h\``],
  ],
  [
    'a malformed duration',
    { file: SCENARIO, from: 'at: 3m', to: 'at: 3 min' },
    [`${SCENARIO}:24:11 bad-value a duration is written like \`2m30s\`, \`500ms\` or \`1h\``],
  ],
  [
    'too short an exercise',
    { file: SCENARIO, from: 'duration: 5m\npopulation', to: 'duration: 1s\npopulation' },
    [
      `${SCENARIO}:5:11 out-of-range must be at least 10s`,
      `${SCENARIO}:21:25 outside-exercise 2m is not within the exercise, which lasts 1s`,
      `${SCENARIO}:24:11 outside-exercise 3m30s (with jitter) is not within the exercise, which lasts 1s`,
      `${SCENARIO}:30:11 outside-exercise 1m40s (with jitter) is not within the exercise, which lasts 1s`,
    ],
  ],
  [
    'an unknown pilot',
    { file: SCENARIO, from: 'pilot: swift', to: 'pilot: swfit' },
    [
      `${SCENARIO}:9:76 bad-value \`swfit\` is not one of \`person\`, \`steady\`, \`swift\`, \`clumsy\`, \`absent\`; did you mean \`swift\`?`,
    ],
  ],
  [
    'a country in small letters',
    { file: SCENARIO, from: 'country: NN', to: 'country: nn' },
    [`${SCENARIO}:9:65 bad-value a country is two capital letters, e.g. \`EE\``],
  ],
  [
    'personas that are not everybody',
    { file: SCENARIO, from: 'share: 1\n', to: 'share: 0.7\n' },
    [`${SCENARIO}:37:5 out-of-range the shares of all personas make 0.7; everybody is 1`],
  ],
  [
    'a persona of nobody',
    { file: SCENARIO, from: 'role: worker', to: 'role: wrker' },
    [
      `${SCENARIO}:41:13 bad-value \`wrker\` is not one of \`worker\`, \`elder\`, \`parent\`, \`pupil\`, \`resident\`, \`doctor\`, \`teacher\`, \`tax-officer\`, \`population-officer\`, \`police\`; did you mean \`worker\`?`,
    ],
  ],
  [
    'a persona that does what there is not',
    { file: SCENARIO, from: 'store/alive: 0.5', to: 'store/alife: 0.5' },
    [
      `${SCENARIO}:43:19 unknown-journey \`store/alife\` is no journey of a deployed service; did you mean \`store/alive\`?`,
    ],
  ],
  [
    'a weakness without its service',
    {
      file: SCENARIO,
      from: 'weakness: desk/open-drawer\n      weight: 5',
      to: 'weakness: open-drawer\n      weight: 5',
    },
    [
      `${SCENARIO}:25:17 bad-value a weakness is written \`<service>/<name>\`, e.g. \`tax/declaration-of-another\``,
    ],
  ],
  [
    'more default teams than teams',
    { file: SCENARIO, from: 'defaultTeams: 1', to: 'defaultTeams: 3' },
    [`${SCENARIO}:7:15 out-of-range there are only 2 teams`],
  ],
  [
    'points that do not make 10000',
    { file: SCENARIO, from: 'checks:', to: 'scoring: { defence: 4000 }\nchecks:' },
    [
      `${SCENARIO}:15:10 out-of-range availability, defence, recovery, usability, reporting, forensics and strategic make 11000 points; a whole exercise has 10000`,
    ],
  ],
  [
    'recovery that ends before it begins',
    { file: SCENARIO, from: 'checks:', to: 'scoring: { recoveryFull: 4m }\nchecks:' },
    [`${SCENARIO}:15:10 out-of-range must be more than \`recoveryFull\``],
  ],
  [
    'two hint costs',
    { file: SCENARIO, from: 'checks:', to: 'scoring: { hintCosts: [1, 2] }\nchecks:' },
    [`${SCENARIO}:15:23 out-of-range must have at least 3 entries`],
  ],
  [
    'no weight at all',
    {
      file: SCENARIO,
      from: '- { id: store }\n  - { id: desk, weight: 3 }',
      to: '- { id: store, weight: 0 }\n  - { id: desk, weight: 0 }',
    },
    [`${SCENARIO}:12:3 out-of-range one service at least must weigh more than 0`],
  ],
  [
    'YAML that does not close',
    { file: SCENARIO, from: 'weaknesses: [desk/open-drawer]', to: 'weaknesses: [desk/open-drawer' },
    [
      `${SCENARIO}:15:1 yaml-syntax Flow sequence in block collection must be sufficiently indented and end with a ]`,
    ],
  ],
  [
    'a key twice',
    { file: SCENARIO, from: 'kilp: 1', to: 'kilp: 1\nkilp: 1' },
    [`${SCENARIO}:2:1 yaml-syntax Map keys must be unique`],
  ],
  [
    'an unknown YAML tag',
    { file: SCENARIO, from: 'slug: two-desks', to: 'slug: !secret two-desks' },
    [`${SCENARIO}:2:7 yaml-syntax Unresolved tag: !secret`],
  ],
  [
    'no scenario file',
    { file: SCENARIO, content: null },
    [`${SCENARIO}:1:1 file-missing the file is missing`],
  ],
  [
    'an empty scenario file',
    { file: SCENARIO, content: '' },
    [`${SCENARIO}:1:1 wrong-type expected a map of keys here, got nothing`],
  ],
]

test.each(TABLE)('a mistake in scenario.yaml: %s', async (_name, edit, expected) => {
  expect(await complaints(await fixture(edit))).toEqual(expected)
})
