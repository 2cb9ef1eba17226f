import { expect, test } from 'vitest'
import { loadScenario } from '../../server/scenario/load.ts'
import { complaints, fixture } from './fixture.ts'

const SCENARIO = 'scenario/scenario.yaml'
const WORLD = `  entries:
    - kind: world
      id: power-cut
      title: { en: Power cut, et: Elektrikatkestus, ja: 停電 }
      publicText: { en: No power., et: Voolu pole., ja: 停電です。 }
      effect: stop
      services: [store, store]
      lasts: 45s
      at: 1m
      teams: [north]
`
const INJECT = `    - kind: inject
      id: press
      title: { en: Press, et: Press, ja: 報道 }
      text: { en: Hello., et: Tere., ja: こんにちは。 }
      from: { en: Press, et: Press, ja: 報道 }
      at: 2m
`
const withEntries = (entries: string) =>
  fixture({ file: SCENARIO, from: 'citizens:\n', to: `${entries}citizens:\n` })

test('world events and messages stand in one list and share its numbers', async () => {
  const made = await withEntries(WORLD + INJECT)
  const { scenario } = await loadScenario(made.scenario, { infra: made.infra })
  expect(scenario.world).toEqual([
    {
      id: 'power-cut',
      number: 1,
      title: { en: 'Power cut', et: 'Elektrikatkestus', ja: '停電' },
      publicText: { en: 'No power.', et: 'Voolu pole.', ja: '停電です。' },
      effect: 'stop',
      services: ['store'],
      trigger: { kind: 'at', atMs: 60_000 },
      forMs: 45_000,
      teams: ['north'],
      objectives: [],
    },
  ])
  expect(scenario.injects.map(({ id, number }) => [id, number])).toEqual([['press', 2]])
})

test.each([
  [
    'a service that is not deployed',
    'services: [store, store]',
    'services: [stor]',
    'unknown-service nothing deployed is called `stor`; did you mean `store`?',
  ],
  [
    'a team that does not play',
    'teams: [north]',
    'teams: [nord]',
    'unknown-team there is no team `nord`; did you mean `north`?',
  ],
  [
    'a moment after the end',
    'at: 1m\n',
    'at: 9m\n',
    'outside-exercise 9m is not within the exercise, which lasts 5m',
  ],
  [
    'all services at once',
    'services: [store, store]',
    'services: [store, desk]',
    'hits-everything it hits every service; leave one out',
  ],
  ['two moments', 'at: 1m\n', 'at: 1m\n      manual: true\n', 'one-moment an entry has one of'],
  ['no time at all', 'lasts: 45s', 'lasts: 1s', 'out-of-range must be at least 10s'],
  [
    'an effect that there is not',
    'effect: stop',
    'effect: burn',
    'bad-value `burn` is not one of `stop`, `slow`, `cut-off`',
  ],
  ['a language that is missing', ', ja: 停電です。', '', 'missing-text this is not there in `ja`'],
] as const)('%s is a mistake that says what and where', async (_, from, to, said) => {
  const found = await complaints(await withEntries(WORLD.replace(from, () => to)))
  expect(found.filter((line) => !line.includes('not-attacked')).join('\n')).toContain(said)
})
