import type { Recorded } from '../exercise/ledger/events.ts'

/**
 * Exercise time as a function of wall time: stands at `baseMs` while not running, else goes on from `sinceWall` at `speed`.
 * All in ms.
 */
export interface ExerciseClock {
  readonly baseMs: number
  readonly sinceWall: number
  readonly running: boolean
  readonly speed: number
}

export const stoppedAt = (baseMs: number, speed: number): ExerciseClock => ({
  baseMs,
  sinceWall: 0,
  running: false,
  speed,
})

/** Exercise time at `wall`; a wall clock that was set back does not turn exercise time back. */
export function exerciseMs(clock: ExerciseClock, wall: number): number {
  if (!clock.running) return clock.baseMs
  return clock.baseMs + Math.round(Math.max(0, wall - clock.sinceWall) * clock.speed)
}

export const running = (clock: ExerciseClock, wall: number): ExerciseClock => ({
  ...clock,
  baseMs: exerciseMs(clock, wall),
  sinceWall: wall,
  running: true,
})

export const stopped = (clock: ExerciseClock, atMs: number): ExerciseClock => ({
  ...clock,
  baseMs: atMs,
  sinceWall: 0,
  running: false,
})

/** The clock follows the ledger: only these facts start it, stop it, and make it leap or run faster. */
export function followLedger(clock: ExerciseClock, event: Recorded, wall: number): ExerciseClock {
  switch (event.type) {
    case 'exercise.started':
    case 'exercise.resumed':
    case 'exercise.skipped':
      return running(stopped(clock, event.at), wall)
    case 'speed.changed': {
      const changed = { ...stopped(clock, event.at), speed: event.data.to }
      return clock.running ? running(changed, wall) : changed
    }
    case 'exercise.paused':
    case 'exercise.ended':
      return stopped(clock, event.at)
    default:
      return clock
  }
}
