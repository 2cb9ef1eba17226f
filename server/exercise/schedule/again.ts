import type { ServiceState } from '../fold/state.ts'
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

/** A look that was asked for comes up to this much later, so that nobody can say to the moment which request is one. Exercise time, ms. [SC27] */
const ASKED_WITHIN_MS = 2_000

/** When a team's own wish for a look, younger than the latest run, is due; null where there is none. Exercise time, ms. */
export function askedAt(
  seed: string,
  key: string,
  { asked }: Pick<ServiceState, 'asked'>,
  record: Pick<TaskRecord, 'startedBy' | 'ended'> | undefined,
): number | null {
  if (!asked || (record && asked.position <= record.startedBy)) return null
  const later = Math.round(ASKED_WITHIN_MS * random(`${seed}/${key}/asked ${asked.position}`)())
  // Since it was asked for, not since the last look: what is asked for often is no later than anything else.
  return Math.max(asked.atMs + later, record?.ended?.atMs ?? 0)
}

/** What was not found well is looked at sooner: after `firstMs`, twice as long each time, at most `mostMs`. Exercise time, ms. */
export function retryAt(record: TaskRecord, firstMs: number, mostMs: number): number {
  if (record.bad === 0 || !record.ended) return Number.POSITIVE_INFINITY
  return record.ended.atMs + Math.min(mostMs, firstMs * 2 ** Math.min(16, record.bad - 1))
}
