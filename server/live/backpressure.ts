import type { LiveSocket, Outlet } from './socket-types.ts'

/** What may wait for clients, in bytes, and how long one may take nothing. */
export interface OutletLimits {
  /** For one client. It has lost nothing: when it comes back it goes on from its cursor. */
  readonly each: number
  /** For all together, of what was made for one client alone. Frames of a room are in memory once, however many wait for them. */
  readonly all: number
  readonly stalledMs: number
}

const LIMITS: OutletLimits = { each: 8 << 20, all: 256 << 20, stalledMs: 30_000 }
const SWEEPS = 6

interface Counted extends Outlet {
  alone(): number
  stalledSince(): number | null
  cutOff(): void
}

/**
 * Watches what waits for every socket. Whoever makes more wait than is borne, or takes nothing for long, is cut off at once and without a
 * farewell, for which it would have to wait as well.
 */
export function openOutlets(limits: OutletLimits = LIMITS) {
  const outlets = new Set<Counted>()
  let alone = 0

  const grown = (outlet: Counted, bytes: number) => {
    alone += bytes
    if (outlet.waiting() > limits.each) outlet.cutOff()
    if (alone <= limits.all) return
    const most = [...outlets].reduce((a, b) => (b.alone() > a.alone() ? b : a), outlet)
    most.cutOff()
  }
  const sweep = setInterval(() => {
    const longAgo = performance.now() - limits.stalledMs
    for (const outlet of outlets) if ((outlet.stalledSince() ?? longAgo) < longAgo) outlet.cutOff()
  }, limits.stalledMs / SWEEPS)

  return {
    open(socket: LiveSocket): Outlet {
      const outlet = openOutlet(socket, {
        grown: (bytes) => grown(outlet, bytes),
        shrunk: (bytes) => {
          alone -= bytes
        },
        closed: () => outlets.delete(outlet),
      })
      outlets.add(outlet)
      return outlet
    },
    close: () => clearInterval(sweep),
  }
}

/** Counts through the events that engine.io gives out for a connection. */
function openOutlet(
  socket: LiveSocket,
  tell: { grown(bytes: number): void; shrunk(bytes: number): void; closed(): void },
): Counted {
  const { conn } = socket
  const { transport } = conn
  let queued = { all: 0, alone: 0 }
  let underWay = { all: 0, alone: 0 }
  let sent = 0
  let since: number | null = null
  let gone = false
  const waiters = new Set<() => void>()

  const wake = () => {
    for (const call of [...waiters]) call()
  }
  const created = ({ data, options }: Packet) => {
    const all = data?.length ?? 0
    const own = typeof data === 'string' && options?.wsPreEncodedFrame === undefined ? all : 0
    queued = { all: queued.all + all, alone: queued.alone + own }
    sent += own
    since ??= performance.now()
    tell.grown(own)
  }
  const flushed = () => {
    underWay = { all: underWay.all + queued.all, alone: underWay.alone + queued.alone }
    queued = { all: 0, alone: 0 }
  }
  const taken = () => {
    tell.shrunk(underWay.alone)
    underWay = { all: 0, alone: 0 }
    since = queued.all > 0 ? performance.now() : null
    // Before the calls, engine.io hands over what was queued meanwhile.
    setImmediate(wake)
  }
  conn.on('packetCreate', created)
  conn.on('flush', flushed)
  transport.on('drain', taken)
  conn.once('close', () => {
    gone = true
    conn.off('packetCreate', created)
    conn.off('flush', flushed)
    transport.off('drain', taken)
    tell.shrunk(queued.alone + underWay.alone)
    queued = { all: 0, alone: 0 }
    underWay = queued
    since = null
    tell.closed()
    wake()
  })

  const waiting = () => queued.all + underWay.all
  return {
    waiting,
    sent: () => sent,
    alone: () => queued.alone + underWay.alone,
    stalledSince: () => since,
    async room(bytes) {
      while (!gone && waiting() > bytes)
        await new Promise<void>((resolve) => {
          const once = () => {
            waiters.delete(once)
            resolve()
          }
          waiters.add(once)
        })
    },
    onTaken(call) {
      waiters.add(call)
      return () => waiters.delete(call)
    },
    // Not within the sending of a packet, which may be one of many to a room.
    cutOff: () => queueMicrotask(() => hangUp(socket)),
  }
}

interface Packet {
  readonly data?: string | Buffer
  readonly options?: { readonly wsPreEncodedFrame?: unknown }
}

/** Ends a connection without waiting for what is still to be taken, or for the other side's leave. */
export function hangUp(socket: LiveSocket): void {
  const { conn } = socket
  const { socket: webSocket } = conn.transport as unknown as { readonly socket: { terminate(): void } }
  conn.close(true)
  webSocket.terminate()
}
