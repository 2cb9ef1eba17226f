import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { scenarioTrouble } from '../../server/exercise/scenario/scenario-trouble.ts'
import { fixedMs } from '../../server/exercise/scenario/trigger.ts'
import { formatDiagnostics } from '../../server/scenario/diagnostics/format.ts'
import { checkScenario, loadScenario } from '../../server/scenario/load.ts'

const FOLDER = resolve(import.meta.dirname, '../../scenarios')
const slugs = (await readdir(FOLDER, { withFileTypes: true }))
  .filter((e) => e.isDirectory())
  .map((e) => e.name)

describe.each(slugs)('%s', (slug) => {
  test('loads without any complaint', async () => {
    const found = await checkScenario(join(FOLDER, slug))
    expect(formatDiagnostics(found)).toBe('0 errors')
    const { scenario } = await loadScenario(join(FOLDER, slug))
    expect(scenario.slug).toBe(slug)
    expect(scenarioTrouble(scenario)).toBeNull()
  })

  test('has a briefing, and its editor knows the schema', async () => {
    expect((await readFile(join(FOLDER, slug, 'briefing.md'), 'utf8')).length).toBeGreaterThan(500)
    expect((await readFile(join(FOLDER, slug, 'instructor.md'), 'utf8')).length).toBeGreaterThan(500)
    expect(await readFile(join(FOLDER, slug, 'scenario.yaml'), 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/scenario\.schema\.json\n/,
    )
  })
})

test('storm-over-meremaa: three teams unless more are asked for, early first attack, attacks that come again', async () => {
  const { scenario, teams } = await loadScenario(join(FOLDER, 'storm-over-meremaa'))
  expect(teams.map((team) => team.pilot)).toEqual(['swift', 'steady', 'clumsy'])
  expect((await loadScenario(join(FOLDER, 'storm-over-meremaa'), { teams: 8 })).teams).toHaveLength(8)
  const first = (scenario.attacks[0] && fixedMs(scenario.attacks[0].trigger)) ?? 0
  expect(first).toBeGreaterThan(80_000)
  expect(first).toBeLessThan(100_000)
  expect(new Set(scenario.attacks.map((attack) => attack.weakness)).size).toBeLessThan(
    scenario.attacks.length,
  )
})

test('locked-meremaa: every weakness there is, over at least 60 attacks on each team in four phases', async () => {
  const { scenario } = await loadScenario(join(FOLDER, 'locked-meremaa'))
  const services = join(FOLDER, '../infra/services')
  const there = (await readdir(services, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const all = await Promise.all(
    there.map(async ({ name }) =>
      (await readdir(join(services, name, 'weaknesses')).catch(() => [])).map(
        (weakness) => `${name}/${weakness}`,
      ),
    ),
  )
  expect(scenario.weaknesses.map(({ id }) => id).toSorted()).toEqual(all.flat().toSorted())
  expect(scenario.weaknesses.length).toBeGreaterThanOrEqual(40)
  expect(scenario.attacks.length).toBeGreaterThanOrEqual(60)
  expect(scenario.phases).toHaveLength(4)
})

test('services that run the same sources are planted alike: none shows what the other lacks', async () => {
  for (const slug of slugs) {
    const { range } = await loadScenario(join(FOLDER, slug))
    for (const service of range.services)
      for (const other of range.services)
        if (other.folder === service.folder)
          expect([other.id, other.plants]).toEqual([other.id, service.plants])
  }
})
