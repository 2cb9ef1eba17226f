import type { TerminalStream } from '../engine/ports/ports.ts'
import { openScrollback } from './scrollback.ts'
import type { LiveSocket } from './socket-types.ts'

const REPLAY_BYTES = 64 * 1024
/** Output that the client has not drawn: beyond this the container's stream stands still ... */
const STOP_BYTES = 256 * 1024
/** ... until it has drawn all but this. */
const GO_ON_BYTES = 64 * 1024
/** Output of this long goes in one message. */
const GATHER_MS = 5
/** Typed text that the container has not taken over: with more, the client keeps what it has. */
const UNREAD_LENGTH = 64 * 1024

/** One terminal: a container's stream, and at most one client that watches it. */
export interface TerminalSession {
  readonly terminal: string
  readonly seatId: string
  client(): LiveSocket | null
  /** Takes the terminal over for `socket`; gives the scrollback. Output is counted from 0 again, without it. */
  attach(socket: LiveSocket): Buffer
  detach(): void
  /** How many bytes since `attach` the client has drawn. */
  drawn(bytes: number): void
  /** How much was typed so far, UTF-16 units. */
  typed(): number
  /**
   * Types what of `data`, which begins at `at`, was not typed yet; see `terminal-input` in the protocol. Resolves with how much was typed then. What nobody `may` type
   * is counted and goes nowhere: it must not come in later.
   */
  type(data: string, at: number, may: boolean): Promise<number>
  readonly stream: TerminalStream
}

/**
 * Carries output to the client as fast as the client draws it. With no client it goes on until the limit, so that a reload
 * misses nothing and a flood fills no memory.
 */
export function openTerminalSession(of: {
  terminal: string
  seatId: string
  stream: TerminalStream
  /** The shell has ended, and all that it said was sent. */
  closed: (reason: string) => void
}): TerminalSession {
  const { stream, terminal, seatId } = of
  const scrollback = openScrollback(REPLAY_BYTES)
  let socket: LiveSocket | null = null
  let sent = 0
  let acknowledged = 0
  let typed = 0
  let unread = 0
  let paused = false
  let gathered: Buffer[] = []
  let timer: NodeJS.Timeout | null = null

  let stopWatching = () => {}

  /** A client may claim to have drawn what it has not even taken. */
  const ahead = () => Math.max(sent - acknowledged, socket?.data.outlet.waiting() ?? 0)
  const mayGoOn = () => {
    if (!paused || ahead() > GO_ON_BYTES) return
    paused = false
    stream.resume()
  }
  const flush = () => {
    if (timer) clearTimeout(timer)
    timer = null
    const chunk = Buffer.concat(gathered)
    gathered = []
    if (chunk.length === 0) return
    scrollback.add(chunk)
    socket?.emit('terminal-data', terminal, chunk)
  }
  stream.onData((chunk) => {
    gathered.push(chunk)
    sent += chunk.length
    timer ??= setTimeout(flush, GATHER_MS)
    if (paused || ahead() <= STOP_BYTES) return
    paused = true
    stream.pause()
  })
  stream.onClose((reason) => {
    flush()
    of.closed(reason)
  })

  return {
    terminal,
    seatId,
    stream,
    client: () => socket,
    attach(next) {
      flush()
      stopWatching()
      socket = next
      stopWatching = next.data.outlet.onTaken(mayGoOn)
      sent = 0
      acknowledged = 0
      mayGoOn()
      return scrollback.bytes()
    },
    detach() {
      stopWatching()
      socket = null
    },
    typed: () => typed,
    async type(data, at, may) {
      const fresh = at > typed || unread > UNREAD_LENGTH ? '' : data.slice(typed - at)
      if (fresh === '') return typed
      typed += fresh.length
      const reached = typed
      if (!may) return reached
      unread += fresh.length
      await stream.write(fresh)
      unread -= fresh.length
      return reached
    },
    drawn(bytes) {
      acknowledged = Math.max(acknowledged, Math.min(bytes, sent))
      mayGoOn()
    },
  }
}
