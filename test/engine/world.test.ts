import { expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import { openExerciseLoop } from '../../server/engine/exercise-loop.ts'
import { openTerminals } from '../../server/engine/terminals.ts'
import { serviceOf, teamOf } from '../../server/exercise/fold/state.ts'
import type { WorldEvent } from '../../server/exercise/scenario/inject.ts'
import type { Scenario } from '../../server/exercise/scenario/model.ts'
import { at } from '../../server/exercise/scenario/trigger.ts'
import { white } from '../kit/actors.ts'
import { smallScenario, text } from '../kit/small-scenario.ts'
import { standUp, startExercise } from '../kit/standing-exercise.ts'
import { openFakeClock } from './fake-clock.ts'
import { openFakeRange } from './fake-range.ts'
import { openMemoryLog } from './memory-log.ts'

const nothing = () => ({ edits: [], typed: '' })
const noPlaybook = { fix: nothing, wrongFix: nothing, undoWrongFix: nothing }
const powerCut: WorldEvent = {
  id: 'cut',
  number: 1,
  title: text('Power cut'),
  publicText: text('No power.'),
  effect: 'stop',
  services: ['register'],
  trigger: at(10_000),
  forMs: 30_000,
  teams: ['red'],
  objectives: [],
}
const quiet: Scenario = {
  ...smallScenario,
  attacks: [],
  world: [powerCut],
  citizens: { ...smallScenario.citizens, visitsPerMinute: 0 },
}

async function arrange(scenario: Scenario = quiet) {
  const time = openFakeClock()
  const store = openMemoryLog()
  const world = openFakeRange()
  const faults: string[] = []
  const open = async () => {
    const engine = await openEngine({ log: store.log, clock: time.clock, exerciseId: 'x' })
    const fault = (what: string, error: unknown) => void faults.push(`${what}: ${error}`)
    const terminals = openTerminals(engine, world.range, fault)
    const parts = { engine, range: world.range, log: store.log, clock: time.clock, terminals, fault }
    const loop = openExerciseLoop({ ...parts, playbook: noPlaybook })
    const begin = async () => {
      const begun = loop.begin()
      await time.pass(200)
      await begun
    }
    return { engine, loop, begin }
  }
  const first = await open()
  await standUp(first.engine, { scenario })
  await first.begin()
  await startExercise(first.engine)
  const types = () => store.events.map(({ type }) => type).filter((type) => /^(world|service)\./.test(type))
  return { ...world, ...time, ...first, open, faults, types }
}

test('a world event is told before it is done, done once, and undone when its time is over', async () => {
  const it = await arrange()
  await it.pass(9_000)
  expect([it.types(), it.acts]).toEqual([[], []])
  await it.pass(3_000)
  expect(it.types()).toEqual(['world.began'])
  expect(it.acts).toEqual(['stop red/register'])
  await it.pass(20_000)
  expect(it.acts).toEqual(['stop red/register'])
  await it.pass(10_000)
  expect(it.acts).toEqual(['stop red/register', 'lift stop red/register'])
  expect(it.types()).toEqual(['world.began', 'world.ended'])
  expect(it.faults).toEqual([])
})

test('its end is told when what it hit answers again, or has had twenty seconds to', async () => {
  const it = await arrange()
  await it.pass(12_000)
  it.down.add('red/register')
  await it.pass(35_000)
  expect(it.types()).toEqual(['world.began'])
  await it.pass(20_000)
  expect(it.types()).toEqual(['world.began', 'world.ended'])
  await it.pass(5_000)
  // From now on it is the team's own.
  expect(serviceOf(teamOf(it.engine.state(), 'red'), 'register')?.verdict).toBe('down')
})

test('a platform that was away puts it there again; one that comes back too late undoes it', async () => {
  const it = await arrange()
  await it.pass(12_000)
  await it.loop.close()
  const again = await it.open()
  await again.engine.submit({ type: 'recover-platform', data: { awayMs: 1_000 } }, { kind: 'platform' })
  await again.begin()
  await it.pass(1_000)
  expect(it.acts).toEqual(['stop red/register', 'stop red/register'])
  await it.pass(40_000)
  expect(it.acts.at(-1)).toBe('lift stop red/register')
  expect(it.types()).toEqual(['world.began', 'world.ended'])
})

test('a range that fails is asked again, and until then nothing of it counts', async () => {
  const it = await arrange()
  const { lift } = it.range
  let failures = 2
  it.range.lift = async (...args) => {
    if (failures-- > 0) throw new Error('the engine is away')
    return lift(...args)
  }
  await it.pass(42_000)
  expect(it.types()).toEqual(['world.began'])
  expect(serviceOf(teamOf(it.engine.state(), 'red'), 'register')?.verdict).toBe('unknown')
  await it.pass(10_000)
  expect(it.types()).toEqual(['world.began', 'world.ended'])
  expect(it.faults.filter((fault) => fault.includes('the engine is away'))).toHaveLength(2)
})

test('of two power cuts at once the first to end starts nothing that the other holds', async () => {
  const it = await arrange({
    ...quiet,
    world: [powerCut, { ...powerCut, id: 'longer', number: 2, services: ['register', 'tax'], forMs: 60_000 }],
  })
  await it.pass(50_000)
  expect(it.types()).toEqual(['world.began', 'world.began', 'world.ended'])
  expect(it.acts.filter((act) => act.startsWith('lift'))).toEqual([])
  await it.pass(30_000)
  expect(it.acts.filter((act) => act.startsWith('lift')).toSorted()).toEqual([
    'lift stop red/register',
    'lift stop red/tax',
  ])
})

test('what white asks of a service is done once, and its failure is told and not tried again', async () => {
  const it = await arrange({ ...quiet, world: [] })
  const act = { team: 'red', service: 'tax', action: 'revert' } as const
  await it.engine.submit({ type: 'act-on-service', data: { ...act, seen: 0 } }, white())
  await it.pass(3_000)
  expect(it.acts).toEqual(['revert red/tax'])
  expect(it.types()).toEqual(['service.acted', 'service.act-finished'])
  it.range.revert = () => Promise.reject(new Error('no space left'))
  await it.engine.submit({ type: 'act-on-service', data: { ...act, seen: 1 } }, white())
  await it.pass(10_000)
  expect(teamOf(it.engine.state(), 'red')?.acts.at(-1)).toMatchObject({ ok: false, reason: 'no space left' })
  expect(it.types()).toHaveLength(4)
})
