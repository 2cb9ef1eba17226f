import { expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import { openComparisons } from '../../server/engine/platform/comparison.ts'
import { goldenLedger } from '../exercise/golden-views.ts'
import { openMemoryLog } from './memory-log.ts'

const day = goldenLedger('exercise-day')
const named = (exerciseId: string): readonly Recorded[] =>
  day.map((event) =>
    event.type === 'exercise.created' ? { ...event, data: { ...event.data, exerciseId } } : event,
  )

test('records are read once and again after something was added; open ones as they are; what can not be read is said', async () => {
  const { log } = openMemoryLog()
  for (const id of ['a', 'b']) await log.append(id, 0, named(id), 1_790_000_000_000)
  const asked: string[] = []
  const running = fold(named('c').filter(({ at }) => at < 300_000))
  const list = ['a', 'b', 'c', 'bad'].map((id, n) => ({ id, createdWall: n }))
  const comparisons = openComparisons({
    log: {
      lastPosition: log.lastPosition,
      read: async (id, after, limit) => {
        asked.push(id)
        if (id === 'bad') throw new Error('a newer Kilp wrote it')
        return log.read(id, after, limit)
      },
    },
    exercises: { list: async () => list as never },
    stateOf: (id) => (id === 'c' ? running : null),
  })
  const first = await comparisons.compared([])
  expect(first.unread).toEqual(['bad'])
  expect([...new Set(first.rows.map((row) => `${row.exercise} ${row.ended}`))]).toEqual([
    ...['a true', 'b true', 'c false'],
  ])
  asked.length = 0
  expect(await comparisons.compared([])).toEqual(first)
  expect(asked).toEqual(['bad'])
  const note = { type: 'note.added', version: 2, at: 600_000, data: { text: 'late', by: null } } as const
  await log.append('a', day.length, [note], 1_790_000_000_001)
  await comparisons.compared([])
  expect(asked).toContain('a')
  expect(asked).not.toContain('b')

  const [one, two] = first.units
  const joined = await comparisons.compared([[one?.unit ?? '', two?.unit ?? '']])
  expect(joined.units).toHaveLength(first.units.length - 1)
})
