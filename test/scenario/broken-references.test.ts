import { expect, test } from 'vitest'
import { complaints, type Edit, fixture } from './fixture.ts'

const SCENARIO = 'scenario/scenario.yaml'

const TABLE: readonly (readonly [name: string, edit: Edit, expected: readonly string[]])[] = [
  [
    'an unknown service',
    { file: SCENARIO, from: 'id: desk', to: 'id: dekc' },
    [
      `${SCENARIO}:13:11 unknown-service there is no service \`dekc\`; did you mean \`desk\`?`,
      `${SCENARIO}:14:14 not-deployed \`desk/open-drawer\` can not be planted: \`desk\` is not deployed`,
      `${SCENARIO}:17:15 unknown-journey \`desk/hand-in\` is no journey of a deployed service`,
    ],
  ],
  [
    'a service that is not deployed is attacked',
    { file: SCENARIO, from: '  - { id: desk, weight: 3 }\n', to: '' },
    [
      `${SCENARIO}:13:14 not-deployed \`desk/open-drawer\` can not be planted: \`desk\` is not deployed`,
      `${SCENARIO}:16:15 unknown-journey \`desk/hand-in\` is no journey of a deployed service`,
    ],
  ],
  [
    'an unknown weakness',
    {
      file: SCENARIO,
      from: 'weaknesses: [desk/open-drawer]',
      to: 'weaknesses: [desk/open-drawer, desk/open-drawre]',
    },
    [
      `${SCENARIO}:14:32 unknown-weakness there is no weakness \`desk/open-drawre\`; did you mean \`desk/open-drawer\`?`,
    ],
  ],
  [
    'an attack on an unknown weakness',
    {
      file: SCENARIO,
      from: 'weakness: desk/open-drawer\n      weight: 5',
      to: 'weakness: desk/open-drawr\n      weight: 5',
    },
    [
      `${SCENARIO}:25:17 unknown-weakness there is no weakness \`desk/open-drawr\`; did you mean \`desk/open-drawer\`?`,
    ],
  ],
  [
    'an attack on what is not planted',
    { file: SCENARIO, from: 'weaknesses: [desk/open-drawer]', to: 'weaknesses: []' },
    [
      `${SCENARIO}:25:17 not-planted \`desk/open-drawer\` is not planted; add it to \`weaknesses\``,
      `${SCENARIO}:32:17 not-planted \`desk/open-drawer\` is not planted; add it to \`weaknesses\``,
    ],
  ],
  [
    'an attack after the end',
    { file: SCENARIO, from: 'at: 3m', to: 'at: 5m' },
    [`${SCENARIO}:24:11 outside-exercise 5m30s (with jitter) is not within the exercise, which lasts 5m`],
  ],
  [
    'an attack whose jitter leaves the exercise',
    { file: SCENARIO, from: 'at: 3m', to: 'at: 4m30s' },
    [`${SCENARIO}:24:11 outside-exercise 5m (with jitter) is not within the exercise, which lasts 5m`],
  ],
  [
    'an attack whose jitter comes before the start',
    { file: SCENARIO, from: 'at: 1m30s', to: 'at: 5s' },
    [`${SCENARIO}:30:11 outside-exercise 5s less its jitter of 10s is before the start`],
  ],
  [
    'two teams of one name',
    { file: SCENARIO, from: 'id: south', to: 'id: north' },
    [`${SCENARIO}:10:11 duplicate-id \`north\` is there already`],
  ],
  [
    'two attacks of one name',
    { file: SCENARIO, from: 'id: drawer-late', to: 'id: drawer-first' },
    [`${SCENARIO}:29:11 duplicate-id \`drawer-first\` is there already`],
  ],
  [
    'a service twice',
    {
      file: SCENARIO,
      from: '- { id: store }',
      to: '- { id: store }\n  - { id: store, weight: 2 }',
    },
    [`${SCENARIO}:13:11 duplicate-id \`store\` is there already`],
  ],
  [
    'a weakness twice',
    {
      file: SCENARIO,
      from: 'weaknesses: [desk/open-drawer]',
      to: 'weaknesses: [desk/open-drawer, desk/open-drawer]',
    },
    [`${SCENARIO}:14:32 duplicate-id \`desk/open-drawer\` is there already`],
  ],
  [
    'a phase twice',
    { file: SCENARIO, from: 'id: busy', to: 'id: calm' },
    [`${SCENARIO}:21:13 duplicate-id \`calm\` is there already`],
  ],
  [
    'phases in the wrong order',
    { file: SCENARIO, from: 'from: 2m', to: 'from: 0s' },
    [`${SCENARIO}:21:25 phase-order a phase starts after the one before it (0s)`],
  ],
  [
    'a first phase that is late',
    { file: SCENARIO, from: 'from: 0s', to: 'from: 10s' },
    [`${SCENARIO}:20:25 phase-order the first phase starts at \`0s\``],
  ],
  [
    'a phase after the end',
    { file: SCENARIO, from: 'from: 2m', to: 'from: 6m' },
    [`${SCENARIO}:21:25 outside-exercise 6m is not within the exercise, which lasts 5m`],
  ],
  [
    'an interval of an unknown journey',
    { file: SCENARIO, from: 'desk/hand-in: 25s', to: 'desk/hand-im: 25s' },
    [
      `${SCENARIO}:17:15 unknown-journey \`desk/hand-im\` is no journey of a deployed service; did you mean \`desk/hand-in\`?`,
    ],
  ],
]

test.each(TABLE)('a mistake across scenario.yaml: %s', async (_name, edit, expected) => {
  expect(await complaints(await fixture(edit))).toEqual(expected)
})
