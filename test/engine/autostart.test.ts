import { expect, test } from 'vitest'
import { bringUp } from '../../server/engine/bring-up.ts'
import { openEngine } from '../../server/engine/engine.ts'
import { openExerciseLoop } from '../../server/engine/exercise-loop.ts'
import { openTerminals } from '../../server/engine/terminals.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { standUp } from '../kit/standing-exercise.ts'
import { openFakeClock } from './fake-clock.ts'
import { openFakeRange } from './fake-range.ts'
import { openMemoryLog } from './memory-log.ts'

const nothing = () => ({ edits: [], typed: '' })
const playbook = { fix: nothing, wrongFix: nothing, undoWrongFix: nothing }

test('an exercise that starts by itself waits until isolation that was lost at that moment is proven again', async () => {
  const { clock, pass } = openFakeClock()
  const store = openMemoryLog()
  const { range } = openFakeRange()
  const engine = await openEngine({ log: store.log, clock, exerciseId: 'x' })
  await standUp(engine)
  const fault = (what: string, error: unknown) => {
    throw new Error(what, { cause: error })
  }
  const terminals = openTerminals(engine, range, fault)
  const loop = openExerciseLoop({ engine, range, log: store.log, clock, terminals, playbook, fault })
  const lost = { team: null, what: 'a rule stood after another' }
  await engine.submit({ type: 'report-isolation-lost', data: lost }, PLATFORM)
  const tell = { line: () => {}, progress: () => {} }
  const up = bringUp({ engine, range, log: store.log, clock, loop, autostart: true, tell, fault } as never)
  await pass(3_000)
  expect(engine.state().phase).toBe('ready')
  await engine.submit({ type: 'report-isolation-restored', data: { lostMs: 3_000 } }, PLATFORM)
  await pass(1_000)
  await up
  expect(engine.state().phase).toBe('running')
  await loop.close()
})
