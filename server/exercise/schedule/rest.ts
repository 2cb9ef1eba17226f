import type { StrainState } from '../fold/small-state.ts'
import type { Wanted } from './task.ts'

/** A light check that hangs says nothing about the machine: its place rests no longer than this. Wall time, ms. */
const LIGHT_MOST_MS = 2_000
/** And what hangs keeps its place from others no longer than this, however far looks are stretched. */
const STRETCHED_MOST_MS = { full: 30_000, light: 8_000 }

/**
 * How long a place stays empty after work that took `workedMs`, wall time: as long as it worked, so that half of a machine is left to teams and attacks, and a
 * machine that has become slow is asked less often instead of more; while measurements are late as many times as long as looks are stretched. First light checks do not rest: the start waits for them. Citizens mostly read and think,
 * and what has a deadline has no place. Pure.
 */
export function restMs(
  { lane, first }: Pick<Wanted, 'lane' | 'first'>,
  workedMs: number,
  { late, stretch }: Pick<StrainState, 'late' | 'stretch'>,
): number {
  const times = late ? stretch : 1
  if (lane === 'full') return Math.max(workedMs, Math.min(workedMs * times, STRETCHED_MOST_MS.full))
  if (lane !== 'light' || first) return 0
  return Math.min(Math.min(workedMs, LIGHT_MOST_MS) * times, STRETCHED_MOST_MS.light)
}
