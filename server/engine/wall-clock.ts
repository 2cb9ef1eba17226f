import type { Clock } from './ports.ts'

/** The machine's own clock. Tests pass a fake one. */
export const wallClock: Clock = {
  now: () => Date.now(),
  every(ms, call) {
    const timer = setInterval(call, ms)
    return () => clearInterval(timer)
  },
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}
