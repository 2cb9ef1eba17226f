import type { Wanted } from './task.ts'

/** A light check that hangs says nothing about the machine: its place rests no longer than this. Wall time, ms. */
const LIGHT_MOST_MS = 2_000

/**
 * How long a place stays empty after work that took `workedMs`, wall time: as long as it worked, so that half of a machine is left to teams and attacks, and a
 * machine that has become slow is asked less often instead of more. First light checks do not rest: the start waits for them. Citizens mostly read and think,
 * and what has a deadline has no place. Pure.
 */
export function restMs({ lane, first }: Pick<Wanted, 'lane' | 'first'>, workedMs: number): number {
  if (lane === 'full') return workedMs
  return lane === 'light' && !first ? Math.min(workedMs, LIGHT_MOST_MS) : 0
}
