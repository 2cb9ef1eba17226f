import { describe, expect, test } from 'vitest'
import { LANGS } from '../../server/exercise/scenario/words.ts'
import { demoTeams } from '../kit/demo-scenario.ts'
import { everywhere, ledgerOf, withServices } from './everywhere.tsx'

describe.each([8, 11, 13, 16])('%i services', (count) => {
  const ledger = ledgerOf(withServices(count), demoTeams)
  test.each(LANGS)('national and wall, scoreboard, room, console: %s', async (lang) => {
    for (const scene of ['national', 'wall', 'tiles', 'tiles on the wall', 'scoreboard', 'room', 'console'])
      expect(await everywhere(scene, lang, ledger), scene).toEqual([])
  })
})
