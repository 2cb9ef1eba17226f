import type { LiveSocket } from './socket-types.ts'

/** What a client has been sent and has not taken: engine.io keeps it in memory without a limit. */
export interface Backpressure {
  /** Bytes that the operating system has not taken over yet. */
  waiting(): number
  /** Calls back each time it took all that was handed to it. Returns the function that ends it. */
  onTaken(call: () => void): () => void
}

/** Watches one socket from here on, through the events that engine.io gives out for it. */
export function watchBackpressure(socket: LiveSocket): Backpressure {
  const { conn } = socket
  let queued = 0
  let underWay = 0
  const takers = new Set<() => void>()
  conn.on('packetCreate', ({ data }: { data?: string | Buffer }) => {
    queued += data?.length ?? 0
  })
  conn.on('flush', () => {
    underWay += queued
    queued = 0
  })
  conn.transport.on('drain', () => {
    underWay = 0
    if (takers.size === 0) return
    // Before this, engine.io hands over what was queued meanwhile.
    setImmediate(() => {
      for (const call of takers) call()
    })
  })
  return {
    waiting: () => queued + underWay,
    onTaken(call) {
      takers.add(call)
      return () => takers.delete(call)
    },
  }
}
