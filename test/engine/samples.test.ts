import { expect, test } from 'vitest'
import type { EventLog, Sample } from '../../server/engine/ports/ports.ts'
import { openSampleBuffer } from '../../server/engine/samples.ts'
import { openMemoryLog } from './memory-log.ts'

const HOUR_MS = 3_600_000
const evidence = { step: '1', sent: 'GET /', received: '200', expected: '200', ms: 3 }
const sample = (wall: number, verdict: Sample['verdict'] = 'down'): Sample => ({
  at: 1,
  wall,
  team: 'red',
  service: 'tax',
  journey: 'file',
  verdict,
  ms: 3,
  evidence,
})

test('of a check that passed its verdict and time are kept, of any other what was sent and received too', async () => {
  const store = openMemoryLog()
  const buffer = openSampleBuffer(store.log, 'x')
  for (const verdict of ['up', 'slow', 'broken', 'down', 'unknown'] as const) buffer.add(sample(1, verdict))
  await buffer.flush()
  expect(store.samples.map(({ verdict, ms }) => [verdict, ms])).toEqual(
    ['up', 'slow', 'broken', 'down', 'unknown'].map((verdict) => [verdict, 3]),
  )
  expect(store.samples.map((each) => each.evidence)).toEqual([null, evidence, evidence, evidence, evidence])
})

test('samples of hours ago are dropped at the start, and again while it goes on', async () => {
  const store = openMemoryLog()
  const begin = 1_800_000_000_000
  await store.log.addSamples('x', [sample(begin - 3 * HOUR_MS), sample(begin - HOUR_MS)])
  const buffer = openSampleBuffer(store.log, 'x')
  buffer.add(sample(begin))
  await buffer.flush()
  expect(store.samples.map(({ wall }) => wall - begin)).toEqual([-HOUR_MS, 0])
  buffer.add(sample(begin + HOUR_MS + 1))
  await buffer.flush()
  expect(store.samples.map(({ wall }) => wall - begin)).toEqual([0, HOUR_MS + 1])
})

test('a store that stands still does not let samples pile up', async () => {
  const store = openMemoryLog()
  const { promise, resolve } = Promise.withResolvers<void>()
  const log: EventLog = {
    ...store.log,
    async addSamples(...of) {
      await promise
      await store.log.addSamples(...of)
    },
  }
  const buffer = openSampleBuffer(log, 'x')
  for (let n = 0; n < 50_000; n += 1) buffer.add(sample(n))
  resolve()
  await buffer.flush()
  await buffer.flush()
  expect(store.samples.length).toBeGreaterThan(1_000)
  expect(store.samples.length).toBeLessThan(10_000)
})
