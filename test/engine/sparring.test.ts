import { expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import { openSparring } from '../../server/engine/sparring.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import type { Team } from '../../server/exercise/scenario/model.ts'
import { smallScenario } from '../kit/small-scenario.ts'
import { openFakeClock } from './fake-clock.ts'
import { openMemoryLog } from './memory-log.ts'

test('what a team knows is folded only where a pilot asks for it', async () => {
  const teams = (['swift', 'person', 'absent', 'clumsy'] as const).map(
    (pilot): Team => ({
      id: `team-${pilot}`,
      name: { en: pilot, et: pilot, ja: pilot },
      country: 'XX',
      pilot,
    }),
  )
  const engine = await openEngine({
    log: openMemoryLog().log,
    clock: openFakeClock().clock,
    exerciseId: 'x',
  })
  const data = { exerciseId: 'x', scenario: smallScenario, scenarioHash: 'h', seed: 's', teams, speed: 1 }
  await engine.submit({ type: 'create-exercise', data }, PLATFORM)
  const asked: string[] = []
  const sparring = openSparring({
    engine: {
      ...engine,
      audiences: {
        ...engine.audiences,
        now(audience) {
          asked.push('team' in audience ? audience.team : audience.seat)
          return engine.audiences.now(audience)
        },
      },
    },
  })
  sparring.wanted(0)
  expect(asked).toEqual(['team-swift', 'team-clumsy'])
})
