import type { LiveSocket } from './socket-types.ts'

/**
 * What a client has been sent and has not taken: engine.io keeps it in memory without a limit. Watched only where much is sent
 * at once, in catching up and in terminals; a client that takes nothing of the feed does not answer pings either and is cut off.
 */
export interface Backpressure {
  /** Bytes since the watch began that the operating system has not taken over yet. */
  waiting(): number
  stop(): void
}

/** Watches one socket from here on, through the events that engine.io gives out for it. Calls back when it has taken all. */
export function watchBackpressure(socket: LiveSocket, onTaken: () => void): Backpressure {
  const { conn } = socket
  const { transport } = conn
  let queued = 0
  let underWay = 0
  const created = ({ data }: { data?: string | Buffer }) => {
    queued += data?.length ?? 0
  }
  const flushed = () => {
    underWay += queued
    queued = 0
  }
  const taken = () => {
    underWay = 0
    // Before the call, engine.io hands over what was queued meanwhile.
    setImmediate(onTaken)
  }
  conn.on('packetCreate', created)
  conn.on('flush', flushed)
  transport.on('drain', taken)
  return {
    waiting: () => queued + underWay,
    stop() {
      conn.off('packetCreate', created)
      conn.off('flush', flushed)
      transport.off('drain', taken)
    },
  }
}

/** Lets a sender of much wait for the client. */
export function openPatience(socket: LiveSocket, bytes: number) {
  let goOn: () => void = () => undefined
  const backpressure = watchBackpressure(socket, () => goOn())
  const gone = () => goOn()
  socket.once('disconnect', gone)
  return {
    /** Resolves when less than `bytes` wait for the client, or it has gone. */
    async taken(): Promise<void> {
      while (socket.connected && backpressure.waiting() > bytes)
        await new Promise<void>((resolve) => {
          goOn = resolve
        })
    },
    stop() {
      socket.off('disconnect', gone)
      backpressure.stop()
    },
  }
}
