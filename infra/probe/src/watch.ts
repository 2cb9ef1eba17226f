import { connect, type Socket } from 'node:net'
import { type Reach, resolveTarget, sourceFor } from './networks.ts'

/** A port of a service that is watched. */
export interface WatchedPort {
  readonly service: string
  readonly host: string
  readonly port: number
}

/** Who comes back so soon was not away. ms */
const BACK_MS = 100
const CONNECT_MS = 1_500
/** How often one that does not answer is tried. ms */
const AGAIN_MS = 1_000
/** A service says nothing to who says nothing; one that does talk is hung up on. */
const MOST_BYTES = 4_096
const MOST_PORTS = 64

/**
 * Keeps one connection to each port, as a client does that is about to ask, and says nothing over it. When a service ends, its kernel ends the connection, and that is known at once without asking anybody;
 * `turned` hears when a port is no longer answered at, and when it is again. That says nothing of the service but that it is worth a look.
 */
export function openWatch(reach: Reach, turned: (service: string) => void) {
  let stop: () => void = () => {}
  return (ports: readonly WatchedPort[]): void => {
    stop()
    const ends = ports.slice(0, MOST_PORTS).map((port) => keep(port, reach, () => turned(port.service)))
    stop = () => {
      for (const end of ends) end()
    }
  }
}

function keep({ host, port }: WatchedPort, reach: Reach, turned: () => void): () => void {
  let socket: Socket | null = null
  let timer: NodeJS.Timeout | null = null
  let closed = false
  /** Null before anything is known. */
  let answers: boolean | null = null
  const say = (now: boolean) => {
    if (answers !== null && answers !== now) turned()
    answers = now
  }
  const later = (ms: number) => {
    if (!closed) timer = setTimeout(() => void dial(), ms)
  }
  const dial = async () => {
    try {
      const address = await resolveTarget(host, reach.networks)
      const source = sourceFor(address, reach, Math.random())
      if (closed) return
      hold(connect({ host: address, port, ...(source && { localAddress: source }) }))
    } catch {
      say(false)
      later(AGAIN_MS)
    }
  }
  const hold = (one: Socket) => {
    socket = one
    let reached = false
    let heard = 0
    const since = performance.now()
    one.setTimeout(CONNECT_MS, () => one.destroy())
    one.on('connect', () => {
      reached = true
      one.setTimeout(0)
      say(true)
    })
    one.on('data', (chunk) => {
      heard += chunk.length
      if (heard > MOST_BYTES) one.destroy()
    })
    one.on('end', () => one.destroy())
    one.on('error', () => {})
    one.on('close', () => {
      if (closed) return
      if (!reached) say(false)
      // Where it ends again and again it is not the service that does.
      later(reached && performance.now() - since > AGAIN_MS ? BACK_MS : AGAIN_MS)
    })
  }
  void dial()
  return () => {
    closed = true
    if (timer) clearTimeout(timer)
    socket?.destroy()
  }
}
