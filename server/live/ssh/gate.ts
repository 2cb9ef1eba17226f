import { Transform } from 'node:stream'

/** What somebody sends into the container, for as long as they `may`. What they may not goes nowhere: `drop` it where a person types, else the whole use is over (`stop`). */
export function openGate(of: {
  readonly may: () => boolean
  readonly alive: () => void
  /** Null: it is dropped. */
  readonly stop: (() => void) | null
}): Transform {
  let stopped = false
  return new Transform({
    transform(chunk: Buffer, _, done) {
      of.alive()
      if (!stopped && of.may()) return done(null, chunk)
      if (of.stop && !stopped) {
        stopped = true
        of.stop()
      }
      done()
    },
  })
}
