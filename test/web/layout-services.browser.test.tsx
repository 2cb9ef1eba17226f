import { describe, expect, test } from 'vitest'
import type { Scenario } from '../../server/exercise/scenario/model.ts'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { demoScenario, demoTeams } from '../kit/demo-scenario.ts'
import { everywhere, ledgerOf } from './everywhere.tsx'

describe.each([8, 11, 13, 16])('%i services', (count) => {
  const like = demoScenario.services.find(({ id }) => id === 'tax') as Scenario['services'][number]
  const more = Array.from({ length: count }, (_, i) => ({
    ...like,
    id: `more-${i}`,
    title: { en: 'Digital signatures', et: 'Digi\u00adallkirjastamine', ja: 'インターネット投票' },
  }))
  // Those that are attacked come first.
  const services = [...demoScenario.services, ...more].slice(0, count)
  const ledger = ledgerOf({ ...demoScenario, services }, demoTeams)
  test.each(LANGS)('national and wall, scoreboard, room, console: %s', async (lang) => {
    for (const scene of ['national', 'wall', 'scoreboard', 'room', 'console'])
      expect(await everywhere(scene, lang, ledger), scene).toEqual([])
  })
})
