import { expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import { white } from '../kit/actors.ts'
import { createExercise } from '../kit/standing-exercise.ts'
import { openFakeClock } from './fake-clock.ts'
import { openMemoryLog } from './memory-log.ts'

test('an append whose answer was lost is found in the ledger, and the exercise goes on', async () => {
  const store = openMemoryLog()
  const engine = await openEngine({ log: store.log, clock: openFakeClock().clock, exerciseId: 'x' })
  await createExercise(engine)
  const heard: number[] = []
  engine.onEvents((events) => heard.push(...events.map((event) => event.position)))
  store.loseAnswer()
  const note = (text: string) => engine.submit({ type: 'add-note', data: { text } }, white())
  await expect(note('first')).rejects.toThrow('lost')
  expect(await note('second')).toMatchObject({ ok: true, cursor: 3 })
  expect(store.events.map((event) => event.type)).toEqual(['exercise.created', 'note.added', 'note.added'])
  expect(heard).toEqual([2, 3])
})
