import { expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import { type Actor, PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { white } from '../kit/actors.ts'
import { createExercise, deployed, startExercise } from '../kit/standing-exercise.ts'
import { openFakeClock } from './fake-clock.ts'
import { openMemoryLog } from './memory-log.ts'

async function arrange() {
  const store = openMemoryLog()
  const time = openFakeClock()
  const faults: string[] = []
  const up = () =>
    openEngine({
      log: store.log,
      clock: time.clock,
      exerciseId: 'x',
      fault: (what, error) => faults.push(`${what}: ${error}`),
    })
  const engine = await up()
  await createExercise(engine)
  return { store, faults, engine, up, ...time }
}

test('a listener that throws harms neither the command that was appended nor the next listener, and is told of', async () => {
  const { engine, store, faults } = await arrange()
  const heard: number[] = []
  engine.onEvents(() => {
    throw new Error('out of paper')
  })
  engine.onEvents((events) => {
    // The ledger and the state come first: what a listener hears of has happened.
    expect(store.events.at(-1)?.position).toBe(events.at(-1)?.position)
    expect(engine.state().position).toBe(events.at(-1)?.position)
    heard.push(...events.map(({ position }) => position))
  })
  for (const text of ['first', 'second'])
    expect(await engine.submit({ type: 'add-note', data: { text } }, white())).toMatchObject({ ok: true })
  expect(heard).toEqual([2, 3])
  expect(faults).toEqual([
    'a listener of the ledger: Error: out of paper',
    'a listener of the ledger: Error: out of paper',
  ])
})

test('exercise time never turns back when white goes on while the platform is still taking the range over', async () => {
  const { engine, up, pass } = await arrange()
  const give = (on: typeof engine, type: string, data: object, by: Actor = PLATFORM) =>
    on.submit({ type, data } as never, by)
  await deployed(engine)
  await startExercise(engine)
  await pass(50_000)
  await give(engine, 'pause-exercise', { reason: 'a restart' }, white())

  const again = await up()
  expect(again.atMs()).toBe(50_000)
  expect(await give(again, 'resume-exercise', {}, white())).toMatchObject({ ok: true })
  await pass(30_000)
  expect(again.atMs()).toBe(80_000)
  await give(again, 'recover-platform', { awayMs: 1_000 })
  expect(again.atMs()).toBe(80_000)
  await pass(1_000)
  expect(again.atMs()).toBe(81_000)
})
