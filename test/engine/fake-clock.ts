import type { Clock } from '../../server/engine/ports/ports.ts'

/** A clock that only the test moves. `pass` lets everything that waits on promises settle between steps. */
export function openFakeClock(start = 1_000_000) {
  let now = start
  const timers = new Set<{ ms: number; next: number; call: () => void; once: boolean }>()
  const clock: Clock = {
    now: () => now,
    every(ms, call) {
      const timer = { ms, next: now + ms, call, once: false }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    sleep: (ms) =>
      new Promise((resolve) => {
        timers.add({ ms, next: now + ms, call: resolve, once: true })
      }),
  }
  return {
    clock,
    async pass(ms: number, step = 100) {
      const until = now + ms
      while (now < until) {
        now = Math.min(until, now + step)
        for (const timer of [...timers])
          if (timer.next <= now) {
            timer.next += timer.ms
            if (timer.once) timers.delete(timer)
            timer.call()
          }
        await settle()
      }
    },
  }
}

/** Lets chains of promises run to their end: nothing in these tests waits for the machine. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve))
}
