import type { Socket } from 'node:net'
import { Transform } from 'node:stream'

const MOST_UNSENT = 4 * 1_024 * 1_024

/** What goes to a client waits while it does not take what was sent: it may grant a window of any size, and then read nothing. */
export const paced = (socket: Socket): Transform =>
  new Transform({
    transform(chunk: Buffer, _, done) {
      const go = () => done(null, chunk)
      if (socket.writableLength < MOST_UNSENT) return go()
      socket.once('drain', go)
    },
  })
