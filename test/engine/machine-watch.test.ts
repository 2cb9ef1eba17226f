import { expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import { openExerciseLoop } from '../../server/engine/exercise-loop.ts'
import { followMachines } from '../../server/engine/machine-watch.ts'
import { openTerminals } from '../../server/engine/terminals.ts'
import { serviceOf, teamOf } from '../../server/exercise/fold/state.ts'
import { white } from '../kit/actors.ts'
import { smallScenario } from '../kit/small-scenario.ts'
import { standUp, startExercise } from '../kit/standing-exercise.ts'
import { openFakeClock } from './fake-clock.ts'
import { openFakeRange } from './fake-range.ts'
import { openMemoryLog } from './memory-log.ts'

const nothing = () => ({ edits: [], typed: '' })
const noPlaybook = { fix: nothing, wrongFix: nothing, undoWrongFix: nothing }
const quiet = { ...smallScenario, attacks: [], citizens: { ...smallScenario.citizens, visitsPerMinute: 0 } }
const CELLAR = { machine: 'm2', name: 'cellar', teams: ['red'] }

async function arrange() {
  const time = openFakeClock()
  const store = openMemoryLog()
  const world = openFakeRange()
  const faults: string[] = []
  const engine = await openEngine({ log: store.log, clock: time.clock, exerciseId: 'x' })
  const fault = (what: string, error: unknown) => void faults.push(`${what}: ${error}`)
  const terminals = openTerminals(engine, world.range, fault)
  const moves: string[] = []
  const ends: ((said: Awaited<ReturnType<typeof world.range.move>> | Error) => void)[] = []
  world.range.move = (team) => {
    moves.push(team)
    return new Promise((resolve, reject) =>
      ends.push((said) => (said instanceof Error ? reject(said) : resolve(said))),
    )
  }
  const parts = { engine, range: world.range, log: store.log, clock: time.clock, terminals, fault }
  const loop = openExerciseLoop({ ...parts, playbook: noPlaybook })
  await standUp(engine, { scenario: quiet })
  followMachines(engine, world.range, fault)
  const begun = loop.begin()
  await time.pass(200)
  await begun
  await startExercise(engine)
  const machine = async (away: boolean) => {
    world.machine({ ...CELLAR, away })
    await time.pass(1_000)
  }
  const facts = () =>
    store.events
      .filter(({ type }) => /^(machine|enclave)\./.test(type))
      .map(({ type, data }) => ({ type, data }))
  const ask = () => engine.submit({ type: 'move-enclave', data: { team: 'red' } }, white())
  return { ...time, ...world, engine, machine, facts, faults, moves, ends, ask }
}

test('what is seen of machines is in the ledger, each change once', async () => {
  const it = await arrange()
  await it.machine(false)
  expect(it.facts()).toEqual([])
  await it.machine(true)
  await it.machine(true)
  await it.machine(false)
  expect(it.facts()).toEqual([
    { type: 'machine.lost', data: CELLAR },
    { type: 'machine.returned', data: { machine: 'm2', name: 'cellar' } },
  ])
  expect(it.faults).toEqual([])
})

test('a ledger that can not be written to is told, and the next change is heard all the same', async () => {
  const it = await arrange()
  const { submit } = it.engine
  it.engine.submit = () => Promise.reject(new Error('disk full'))
  await it.machine(true)
  expect(it.faults).toEqual(['report-machine-lost: Error: disk full'])
  it.engine.submit = submit
  await it.machine(true)
  expect(it.facts()).toHaveLength(1)
})

test('the move of an enclave is done once however long it takes, and what came of it is kept', async () => {
  const it = await arrange()
  await it.machine(true)
  await it.ask()
  await it.pass(60_000)
  expect([it.moves, it.facts().map(({ type }) => type)]).toEqual([
    ['red'],
    ['machine.lost', 'enclave.move-began'],
  ])
  const changes = [{ service: 'tax', savedWall: 7 }]
  it.ends[0]?.({ name: 'attic', changes })
  await it.pass(30_000)
  expect(it.facts().at(-1)).toEqual({
    type: 'enclave.moved',
    data: { team: 'red', ok: true, name: 'attic', reason: '', changes },
  })
  expect([it.moves, it.engine.state().machinesAway, it.faults]).toEqual([['red'], [], []])
})

test('one that fails is told with its reason, is not tried again by itself, and again when white asks', async () => {
  const it = await arrange()
  await it.machine(true)
  await it.ask()
  await it.pass(1_000)
  it.ends[0]?.(new Error('no node has room'))
  await it.pass(60_000)
  expect(it.facts().at(-1)).toMatchObject({
    type: 'enclave.moved',
    data: { ok: false, name: '', reason: 'no node has room', changes: [] },
  })
  expect(it.moves).toEqual(['red'])
  await it.ask()
  await it.pass(1_000)
  expect(it.moves).toEqual(['red', 'red'])
})

test('what can not be looked at on a machine that is away is not known, and down for nobody', async () => {
  const it = await arrange()
  await it.pass(20_000)
  const verdict = () => serviceOf(teamOf(it.engine.state(), 'red'), 'register')?.verdict
  expect(verdict()).toBe('up')
  const { runJourney } = it.range
  it.range.runJourney = async (team, ...rest) =>
    team === 'red'
      ? { ...(await runJourney(team, ...rest)), outcome: 'fault', verdict: 'unknown' }
      : runJourney(team, ...rest)
  await it.machine(true)
  await it.pass(60_000)
  expect(verdict()).toBe('unknown')
  expect(serviceOf(teamOf(it.engine.state(), 'sea'), 'register')?.verdict).toBe('up')
})
