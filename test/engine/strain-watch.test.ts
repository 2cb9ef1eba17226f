import { expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import { openExerciseLoop } from '../../server/engine/exercise-loop.ts'
import type { Range } from '../../server/engine/ports/ports.ts'
import type { ReferenceLook } from '../../server/engine/ports/range-news.ts'
import { watchStrain } from '../../server/engine/strain-watch.ts'
import { openTerminals } from '../../server/engine/terminals.ts'
import { scoreAt } from '../../server/exercise/scoring/scoring.ts'
import { smallScenario } from '../kit/small-scenario.ts'
import { standUp, startExercise } from '../kit/standing-exercise.ts'
import { openFakeClock } from './fake-clock.ts'
import { openFakeRange } from './fake-range.ts'
import { openMemoryLog } from './memory-log.ts'

const look = (ms: number, answered = true): ReferenceLook => ({
  ms,
  answered,
  probesMs: 0,
  pressure: { processors: 90, memory: 0, disk: 0 },
})
const quiet = {
  ...smallScenario,
  attacks: [],
  durationMs: 600_000,
  citizens: { ...smallScenario.citizens, visitsPerMinute: 0 },
}

async function arrange(change: (range: Range) => Partial<Range>) {
  const time = openFakeClock()
  const store = openMemoryLog()
  const world = openFakeRange()
  const range = { ...world.range, ...change(world.range) }
  const faults: string[] = []
  const fault = (what: string, error: unknown) => void faults.push(`${what}: ${error}`)
  const engine = await openEngine({ log: store.log, clock: time.clock, exerciseId: 'x' })
  await standUp(engine, { scenario: quiet })
  const nothing = () => ({ edits: [], typed: '' })
  const loop = openExerciseLoop({
    engine,
    range,
    log: store.log,
    clock: time.clock,
    playbook: { fix: nothing, wrongFix: nothing, undoWrongFix: nothing },
    terminals: openTerminals(engine, range, fault),
    fault,
  })
  const begun = loop.begin()
  await time.pass(200)
  await begun
  await startExercise(engine)
  const strains = () => store.events.flatMap((event) => (event.type === 'strain.changed' ? [event.data] : []))
  const lost = () =>
    engine.state().teams.map(({ id }) => {
      const { points, possible } = scoreAt(engine.state(), id, engine.atMs()).categories.availability
      return possible - points
    })
  return { ...world, ...time, engine, loop, faults, strains, lost }
}

test('on a machine that is late with everything nobody loses a point, looks are stretched, and it is over when it is over', async () => {
  let ms = 20
  const it = await arrange((range) => ({
    reference: async () => look(ms),
    async runJourney(team, service, journey) {
      if (ms < 500) return range.runJourney(team, service, journey)
      await it.clock.sleep(3_000)
      return { ...(await range.runJourney(team, service, journey)), outcome: 'fail', verdict: 'down' }
    },
  }))
  await it.pass(30_000)
  expect(it.strains()).toEqual([])
  ms = 1_500
  await it.pass(60_000)
  expect(it.strains()[0]).toEqual({ late: true, stretch: 1.5, cause: 'processors' })
  expect(it.strains().at(-1)?.stretch).toBe(16)
  ms = 20
  await it.pass(400_000)
  expect(it.strains().at(-1)).toMatchObject({ late: false, stretch: 1 })
  expect(it.lost()).toEqual([0, 0])
  expect(
    it.engine.state().teams.every(({ services }) => services.every(({ verdict }) => verdict === 'up')),
  ).toBe(true)
  await it.loop.close()
})

test('a look at the reference that does not come back is late before it comes back', async () => {
  const it = await arrange(() => ({ reference: () => new Promise<null>(() => {}) }))
  await it.pass(5_000)
  expect(it.strains()[0]).toMatchObject({ late: true })
  await it.loop.close()
})

test('a service that was down before, and is mended while measurements are late, is up with the first look that finds it so', async () => {
  let ms = 20
  const it = await arrange(() => ({ reference: async () => look(ms) }))
  it.down.add('red/tax')
  await it.pass(20_000)
  ms = 1_500
  await it.pass(5_000)
  it.down.delete('red/tax')
  await it.pass(200_000)
  expect(it.engine.state().strain.late).toBe(true)
  const red = it.engine.state().teams.find(({ id }) => id === 'red')
  expect(red?.services.every(({ verdict }) => verdict === 'up')).toBe(true)
  await it.loop.close()
})

test('a platform that starts again while measurements are late does not believe at once that they are not', async () => {
  const it = await arrange(() => ({ reference: async () => look(1_500) }))
  await it.pass(10_000)
  const before = it.strains().length
  const stop = watchStrain({
    engine: it.engine,
    range: { reference: async () => look(1_500) },
    clock: it.clock,
    behind: () => 0,
    fault: () => {},
  })
  await it.pass(1_000)
  stop()
  expect(
    it
      .strains()
      .slice(before)
      .every(({ late }) => late),
  ).toBe(true)
  await it.loop.close()
})

test('a look at the reference that fails once does not end the looks', async () => {
  let looks = 0
  const it = await arrange(() => ({
    reference: async () => {
      looks += 1
      if (looks === 5) throw new Error('the engine hiccuped')
      return look(20)
    },
  }))
  await it.pass(60_000)
  expect(looks).toBeGreaterThan(50)
  expect(it.strains()).toEqual([])
  await it.loop.close()
})

test('a reference that never answers is left out of account, and said to be a fault of ours', async () => {
  const it = await arrange(() => ({ reference: async () => look(5, false) }))
  await it.pass(240_000)
  expect(it.strains().at(0)?.late).toBe(true)
  expect(it.strains().at(-1)?.late).toBe(false)
  expect(it.faults.filter((fault) => fault.startsWith('reference'))).toHaveLength(1)
  await it.loop.close()
})
