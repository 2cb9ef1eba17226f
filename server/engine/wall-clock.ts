import type { Clock } from './ports/ports.ts'

/**
 * The machine's own clock, as it was when the process began and running on from there: one that is set, or jumps when the machine wakes
 * up, moves no exercise. Tests pass a fake one.
 */
export const wallClock: Clock = {
  now: () => Math.round(performance.timeOrigin + performance.now()),
  every(ms, call) {
    const timer = setInterval(call, ms)
    return () => clearInterval(timer)
  },
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}
