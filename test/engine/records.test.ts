import { expect, test } from 'vitest'
import { openEngine } from '../../server/engine/engine.ts'
import type { Exercise } from '../../server/engine/platform/exercise.ts'
import { openRecords, RECORD } from '../../server/engine/platform/records.ts'
import type { EventLog } from '../../server/engine/ports/ports.ts'
import { wallClock } from '../../server/engine/wall-clock.ts'
import { PLATFORM } from '../../server/exercise/ledger/actor.ts'
import { smallScenario, smallTeams } from '../kit/small-scenario.ts'
import { openMemoryLog } from './memory-log.ts'

async function arrange(count: number) {
  const { log } = openMemoryLog()
  const ids = Array.from({ length: count }, (_, i) => `e${i}`)
  for (const exerciseId of ids) {
    const engine = await openEngine({ log, clock: wallClock, exerciseId })
    const about = { exerciseId, scenarioHash: 'h', seed: 's', teams: smallTeams, speed: 1 }
    await engine.submit({ type: 'create-exercise', data: { ...about, scenario: smallScenario } }, PLATFORM)
    await engine.submit({ type: 'end-exercise', data: { reason: 'over' } }, PLATFORM)
  }
  let reading = 0
  let most = 0
  const counted: EventLog = {
    ...log,
    async read(...of) {
      reading += 1
      most = Math.max(most, reading)
      await new Promise((resolve) => setTimeout(resolve, 1))
      reading -= 1
      return log.read(...of)
    },
  }
  const away: string[] = []
  const records = openRecords({
    log: counted,
    clock: wallClock,
    away: ({ engine }) => void away.push(engine.exerciseId),
  })
  return { log, ids, away, records, mostAtOnce: () => most }
}

const found = (exercise: Exercise | null): Exercise => {
  if (!exercise) throw new Error('not found')
  return exercise
}

test('a record tells all of its exercise and takes nothing', async () => {
  const { records, log } = await arrange(1)
  const { engine, terminals, searchLogs, record } = found(await records.find('e0'))
  expect(record).toBe(true)
  expect(engine.state()).toMatchObject({ exerciseId: 'e0', phase: 'ended' })
  const before = await log.lastPosition('e0')
  const note = { type: 'add-note', data: { text: 'late' } } as const
  expect(await engine.submit(note, PLATFORM)).toEqual({ ok: false, refusal: RECORD })
  expect(await terminals.open('red', 'tax', { cols: 80, rows: 24 }, PLATFORM)).toMatchObject({ ok: false })
  expect(await searchLogs('red', { q: '', service: '', limit: 1 })).toBeNull()
  await engine.checkpoint()
  expect([await log.lastPosition('e0'), await log.loadClock('e0')]).toEqual([before, null])
  expect(await records.find('none')).toBeNull()
})

test('however many are asked for, few are kept, and they are read one after another', async () => {
  const { records, ids, away, mostAtOnce } = await arrange(30)
  const all = await Promise.all(ids.map((id) => records.find(id)))
  expect(all.every((each) => each !== null)).toBe(true)
  expect(mostAtOnce()).toBe(1)
  expect(away).toEqual(ids.slice(0, 22))
  expect(await records.find('e29')).toBe(all[29])
  expect(records.hold(found(all[0] ?? null))).toBe(false)
  expect(await records.find('e0')).not.toBe(all[0])
})

test('what somebody looks at stays, and when all are looked at no more are opened', async () => {
  const { records, ids, away } = await arrange(12)
  const held = found(await records.find('e0'))
  expect(records.hold(held)).toBe(true)
  for (const id of ids.slice(1)) await records.find(id)
  expect(away).not.toContain('e0')
  expect(await records.find('e0')).toBe(held)
  for (const id of ids.slice(5)) records.hold(found(await records.find(id)))
  expect(await records.find('e1')).toBeNull()
  records.release(held)
  expect(found(await records.find('e1')).engine.exerciseId).toBe('e1')
  expect(away).toContain('e0')
})
