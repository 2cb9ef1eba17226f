import { expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import { openExerciseLoop } from '../../server/engine/exercise-loop.ts'
import { openTerminals } from '../../server/engine/terminals.ts'
import { smallScenario } from '../kit/small-scenario.ts'
import { standUp, startExercise } from '../kit/standing-exercise.ts'
import { openFakeClock } from './fake-clock.ts'
import { openFakeRange } from './fake-range.ts'
import { openMemoryLog } from './memory-log.ts'

const nothing = () => ({ edits: [], typed: '' })
const playbook = { fix: nothing, wrongFix: nothing, undoWrongFix: nothing }
const scenario = {
  ...smallScenario,
  attacks: [],
  citizens: { ...smallScenario.citizens, visitsPerMinute: 0 },
}

async function running() {
  const time = openFakeClock()
  const store = openMemoryLog()
  const world = openFakeRange()
  const engine = await openEngine({ log: store.log, clock: time.clock, exerciseId: 'x' })
  await standUp(engine, { scenario })
  const fault = (what: string, error: unknown) => {
    throw new Error(what, { cause: error })
  }
  const terminals = openTerminals(engine, world.range, fault)
  const parts = { engine, range: world.range, log: store.log, clock: time.clock, terminals, playbook, fault }
  const loop = openExerciseLoop(parts)
  const begun = loop.begin()
  await time.pass(200)
  await begun
  await startExercise(engine)
  // Past the first looks.
  await time.pass(20_000)
  const looks = () => world.runs.filter((run) => run === 'red/tax/alive').length
  return { ...time, ...world, store, looks, loop }
}

test('a service that the range has a reason to look at is looked at in the same moment, by its light check alone', async () => {
  const it = await running()
  const before = it.runs.length
  it.turned('red', 'tax')
  await it.pass(0)
  expect(it.runs.slice(before)).toEqual(['red/tax/alive'])
  await it.loop.close()
})

test('what was found is in the ledger within two seconds, since a look that fails is made once more before it is believed', async () => {
  const it = await running()
  it.down.add('red/tax')
  const since = it.store.events.length
  it.turned('red', 'tax')
  await it.pass(1_800)
  expect(it.store.events.slice(since)).toMatchObject([
    { type: 'verdict.changed', data: { team: 'red', service: 'tax', journey: 'alive', to: 'down' } },
  ])
  await it.loop.close()
})

test('a hundred reasons while one look is under way are one more look', async () => {
  const it = await running()
  const before = it.looks()
  for (let n = 0; n < 100; n++) it.turned('red', 'tax')
  await it.pass(100)
  expect(it.looks() - before).toBeLessThanOrEqual(2)
  await it.loop.close()
})
