import type { ClockBeat } from '#exercise/wire/protocol.ts'

/** Without a beat for so long, what a page shows is old. */
export const STALE_AFTER_MS = 3000
/** The same while exercise time stands and beats are rare. */
export const IDLE_STALE_AFTER_MS = 7000

/** A beat and when it came, by this page's own clock: the two machines' clocks need not agree. */
export interface HeardBeat {
  readonly beat: ClockBeat
  readonly heardAt: number
}

/** Exercise time now: goes on between beats while the exercise runs, and stands once the beats are late. */
export function exerciseTime(heard: HeardBeat, now: number): number {
  if (!heard.beat.running) return heard.beat.exerciseMs
  const since = Math.min(Math.max(0, now - heard.heardAt), STALE_AFTER_MS)
  return heard.beat.exerciseMs + since * heard.beat.speed
}
