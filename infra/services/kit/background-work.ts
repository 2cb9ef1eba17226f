/** How long work that was announced is looked for often: its transaction may still be open when it is announced. */
const AWAKE_MS = 5_000
/** How often it is looked for besides: what a restart left, what another process has left. */
const IDLE_MS = 3_000

/** Work that waits in a table, done by the same process that puts it there. */
export interface BackgroundWork {
  /** There is, or will be in a moment, something to do. */
  soon(): void
  /** Does what `next` finds for as long as the service runs; it resolves to whether there was anything. An outage only delays. */
  forever(next: () => Promise<boolean>): Promise<never>
}

/**
 * Looks every `pauseMs` while something was announced, and seldom otherwise: a table that is asked several times a second by every service of every
 * team is what a registry's machine would do most of its day. `name` stands in the log.
 */
export function backgroundWork(name: string, pauseMs: number): BackgroundWork {
  let awakeUntil = 0
  let wake = () => {}
  const rest = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  return {
    soon() {
      awakeUntil = Date.now() + AWAKE_MS
      wake()
    },
    async forever(next) {
      for (;;) {
        const found = await next().catch((error: unknown) => {
          console.error(`${name} waits: ${String(error)}`)
          return false
        })
        if (!found) await rest(Date.now() < awakeUntil ? pauseMs : IDLE_MS)
      }
    },
  }
}
