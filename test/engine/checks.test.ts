import { expect, test } from 'vitest'
import { openChecks } from '../../server/engine/checks.ts'
import { openEngine } from '../../server/engine/engine.ts'
import { openPace } from '../../server/engine/pace.ts'
import type { Range } from '../../server/engine/ports.ts'
import { openSampleBuffer } from '../../server/engine/samples.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { smallScenario, smallTeams } from '../kit/small-scenario.ts'
import { openFakeClock } from './fake-clock.ts'
import { openFakeRange } from './fake-range.ts'
import { openMemoryLog } from './memory-log.ts'

/** Both services with ten more journeys each, wanted more often than two cores have time for. */
const scenario = {
  ...smallScenario,
  services: smallScenario.services.map((service) => {
    const [, one] = service.journeys
    const more = Array.from({ length: 10 }, (_, i) => ({ ...one, id: `more-${i}`, everyMs: 1_000 }))
    return { ...service, journeys: [...service.journeys, ...(more as (typeof service.journeys)[number][])] }
  }),
}

test('journeys go one a core and leave half of the time free, the longest waiting first; light checks do not wait', async () => {
  const { clock, pass } = openFakeClock()
  const { log } = openMemoryLog()
  const engine = await openEngine({ log, clock, exerciseId: 'x' })
  await engine.submit(
    {
      type: 'create-exercise',
      data: { exerciseId: 'x', scenario, scenarioHash: 'h', seed: 's', teams: smallTeams, speed: 1 },
    },
    PLATFORM,
  )
  const begun: { key: string; at: number }[] = []
  let underWay = 0
  let most = 0
  const range: Range = {
    ...openFakeRange().range,
    async runJourney(team, service, journey) {
      const key = `${team}/${service}/${journey}`
      begun.push({ key, at: clock.now() })
      if (journey === 'alive') return { outcome: 'pass', verdict: 'up', ms: 1, evidence: null, remember: {} }
      underWay += 1
      most = Math.max(most, underWay)
      await clock.sleep(200)
      underWay -= 1
      return { outcome: 'pass', verdict: 'up', ms: 200, evidence: null, remember: {} }
    },
  }
  const checks = openChecks({ engine, range, clock, samples: openSampleBuffer(log, 'x') })
  const pace = openPace(2, clock)
  const since = clock.now()
  const alive = smallTeams.length * scenario.services.length
  const journeys = alive * 11
  const go = async (ms: number) => {
    for (let passed = 0; passed < ms; passed += 100) {
      const atMs = clock.now() - since
      checks.due(atMs)
      pace.start(checks.journeys(atMs), atMs)
      await pass(100)
    }
    return begun.filter(({ key }) => !key.endsWith('/alive')).map(({ key }) => key)
  }
  // Every 200 ms two of them, and then all have had their turn once.
  const first = await go((journeys / 2) * 200)
  expect(first).toHaveLength(journeys)
  expect(new Set(first).size).toBe(journeys)
  // From then on a lane rests as long as it works.
  expect((await go(60_000)).length - journeys).toBeLessThanOrEqual(2 * (60_000 / 400))
  expect(most).toBe(2)
  expect(begun.filter(({ key, at }) => key.endsWith('/alive') && at === since)).toHaveLength(alive)
})
