import { expect, test } from 'vitest'
import { followDisk } from '../../server/engine/disk-watch.ts'
import { openEngine } from '../../server/engine/engine.ts'
import { smallScenario, smallTeams } from '../kit/small-scenario.ts'
import { standUp, startExercise } from '../kit/standing-exercise.ts'
import { openFakeClock, settle } from './fake-clock.ts'
import { openFakeRange } from './fake-range.ts'
import { openMemoryLog } from './memory-log.ts'

test('what the range stopped because it filled the disk stands in the ledger; a store that refuses is told', async () => {
  const { clock } = openFakeClock()
  const store = openMemoryLog()
  const world = openFakeRange()
  const faults: string[] = []
  const engine = await openEngine({ log: store.log, clock, exerciseId: 'x' })
  await standUp(engine)
  await startExercise(engine)
  followDisk(engine, world.range, (what) => faults.push(what))
  const news = {
    team: smallTeams[0]?.id ?? '',
    service: smallScenario.services[0]?.id ?? '',
    strike: 1,
    heldMiB: 900,
    teamMiB: 1_100,
    allowedMiB: 1_000,
    stays: true,
  }
  world.disk(news)
  await settle()
  expect(store.events.at(-1)).toMatchObject({ type: 'disk.filled', data: news })
  store.killAfter(store.events.length)
  world.disk({ ...news, strike: 2 })
  await settle()
  expect(faults).toEqual(['report-disk'])
})
