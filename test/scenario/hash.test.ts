import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadScenario } from '../../server/scenario/load.ts'
import { type Edit, fixture } from './fixture.ts'

const hashOf = async (...edits: readonly Edit[]) => {
  const made = await fixture(...edits)
  return (await loadScenario(made.scenario, { infra: made.infra })).hash
}

test('the same files in another folder have the same hash', async () => {
  const hash = await hashOf()
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(await hashOf()).toBe(hash)
})

test.each<readonly [string, Edit]>([
  ['the scenario', { file: 'scenario/scenario.yaml', from: 'population: 1000', to: 'population: 1001' }],
  ['a briefing', { file: 'scenario/briefing.md', content: 'Look out.' }],
  ['a source of a service', { file: 'infra/services/store/src/main.ts', content: '' }],
  ['a new source', { file: 'infra/services/store/src/new.ts', content: '' }],
  ['what services share', { file: 'infra/services/kit/nation.ts', content: '' }],
  ['the packages of services', { file: 'infra/package-lock.json', content: '{}' }],
  [
    'a patch that moves its place',
    {
      file: 'infra/services/desk/weaknesses/open-drawer/plant.patch',
      from: '@@ -2,7 +2,7 @@',
      to: '@@ -2,7 +2,7 @@ mayOpen',
    },
  ],
])('%s changes it', async (_name, edit) => {
  expect(await hashOf(edit)).not.toBe(await hashOf())
})

test('what the exercise does not use leaves it: other services, installed packages, hidden files', async () => {
  const made = await fixture()
  for (const [folder, file] of [
    ['infra/services/other', 'service.yaml'],
    ['infra/services/kit/node_modules', 'package.json'],
    ['scenario', '.scenario.yaml.swp'],
  ] as const) {
    await mkdir(join(made.root, folder), { recursive: true })
    await writeFile(join(made.root, folder, file), 'x')
  }
  expect((await loadScenario(made.scenario, { infra: made.infra })).hash).toBe(await hashOf())
})
