import { random } from '../random.ts'
import type { Moment } from './moment.ts'
import type { TaskRecord } from './task.ts'

/** How long what failed for reasons of our own waits, wall time: a second, twice as long each time, half a minute at most. */
const FAULT_PAUSE_MS = 1_000
const FAULT_PAUSE_MOST_MS = 30_000

/** It failed for our own reasons a moment ago. */
export function pauses(record: TaskRecord | undefined, now: Moment): boolean {
  if (!record?.ended || record.faults === 0) return false
  const pauseMs = Math.min(FAULT_PAUSE_MOST_MS, FAULT_PAUSE_MS * 2 ** (record.faults - 1))
  return now.wallMs < record.ended.wallMs + pauseMs
}

/** It goes on, or failed for our own reasons a moment ago: not now. */
export const rests = (record: TaskRecord | undefined, now: Moment): boolean =>
  record?.ended === null || pauses(record, now)

/** The regular next time after the latest run: `everyMs` after its start, a quarter sooner or later as the seed decides. Exercise time, ms. */
export const regularAt = (seed: string, key: string, record: TaskRecord, everyMs: number): number =>
  record.startedMs + Math.round(everyMs * (0.75 + 0.5 * random(`${seed}/${key}/${record.runs}`)()))

/** What was not found well is looked at sooner: after `firstMs`, twice as long each time, at most `mostMs`. Exercise time, ms. */
export function retryAt(record: TaskRecord, firstMs: number, mostMs: number): number {
  if (record.bad === 0 || !record.ended) return Number.POSITIVE_INFINITY
  return record.ended.atMs + Math.min(mostMs, firstMs * 2 ** Math.min(16, record.bad - 1))
}
