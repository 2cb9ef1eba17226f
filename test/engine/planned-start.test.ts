import { describe, expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import { followPlannedStart } from '../../server/engine/planned-start.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { white } from '../kit/actors.ts'
import { createExercise, deployed, startExercise } from '../kit/standing-exercise.ts'
import { openFakeClock } from './fake-clock.ts'
import { openMemoryLog } from './memory-log.ts'

/** An exercise that was only created, and whoever starts it at its moment. */
async function created() {
  const time = openFakeClock()
  const { log, events } = openMemoryLog()
  const engine = await openEngine({ log, clock: time.clock, exerciseId: 'x' })
  await createExercise(engine)
  const faults: string[] = []
  const stop = followPlannedStart(engine, time.clock, (what) => faults.push(what))
  const plan = (inMs: number | null) =>
    engine.submit(
      { type: 'plan-start', data: { atWall: inMs === null ? null : time.clock.now() + inMs } },
      white(),
    )
  return { ...time, engine, events, stop, plan, faults }
}

const MINUTE = 60_000

describe('a planned start', () => {
  test('begins the exercise at its moment and not before, where it is ready by then', async () => {
    const { engine, plan, pass } = await created()
    expect((await plan(5 * MINUTE)).ok).toBe(true)
    await deployed(engine)
    await pass(5 * MINUTE - 1000, 1000)
    expect(engine.state().phase).toBe('ready')
    await pass(2000, 500)
    expect(engine.state().phase).toBe('running')
  })

  test('waits for enclaves that come up a little later', async () => {
    const { engine, plan, pass } = await created()
    await plan(MINUTE)
    await pass(5 * MINUTE, 1000)
    expect(engine.state().phase).toBe('created')
    await deployed(engine)
    await pass(1000, 500)
    expect(engine.state().phase).toBe('running')
  })

  test('is given up, on record, where it is long past: nobody may be there any more', async () => {
    const { engine, plan, pass, events } = await created()
    await plan(MINUTE)
    await pass(12 * MINUTE, 1000)
    await deployed(engine)
    await pass(2000, 500)
    expect(engine.state()).toMatchObject({ phase: 'ready', plannedStart: null, startMissed: true })
    expect(events.filter(({ type }) => type === 'start.planned').at(-1)?.data).toMatchObject({ missed: true })
    // Another moment may be planned, and what was missed is forgotten.
    await plan(MINUTE)
    expect(engine.state().startMissed).toBe(false)
    await pass(2 * MINUTE, 1000)
    expect(engine.state().phase).toBe('running')
  })

  test('is taken back, and ends with the platform', async () => {
    const { engine, plan, pass, stop, faults } = await created()
    await deployed(engine)
    await plan(MINUTE)
    await plan(null)
    await pass(2 * MINUTE, 1000)
    expect(engine.state().phase).toBe('ready')
    await plan(MINUTE)
    stop()
    await pass(2 * MINUTE, 1000)
    expect(engine.state().phase).toBe('ready')
    expect(faults).toEqual([])
  })

  test('can not be planned once it has begun, nor missed', async () => {
    const { engine, plan } = await created()
    await deployed(engine)
    await startExercise(engine)
    expect(await plan(MINUTE)).toMatchObject({ ok: false, refusal: { code: 'wrong-phase' } })
    expect((await engine.submit({ type: 'miss-start', data: {} }, PLATFORM)).ok).toBe(true)
    expect(engine.state().startMissed).toBe(false)
  })
})
