import { randomUUID } from 'node:crypto'
import type { TerminalStream } from '../engine/ports/ports.ts'
import { openScrollback } from './scrollback.ts'
import type { LiveSocket } from './socket-types.ts'
import { type Follower, openFollower } from './terminal-follower.ts'
import { openTyping, type Typist } from './terminal-typing.ts'

const REPLAY_BYTES = 64 * 1024
/** Output that the client has not drawn: beyond this the container's stream stands still ... */
const STOP_BYTES = 256 * 1024
/** ... until it has drawn all but this. */
const GO_ON_BYTES = 64 * 1024
/** Output of this long goes in one message. */
const GATHER_MS = 5
/** Between two sizes that make a full-screen program draw itself anew: each has to get there by itself. */
const REDRAW_MS = 300

/** One terminal: a container's stream, at most one client that watches it, and instructors who follow. */
export interface TerminalSession extends Typist {
  readonly terminal: string
  readonly seatId: string
  /** Whoever opened it has it, and so comes back: of a seat in which a whole team sits, the others do not. */
  readonly key: string
  client(): LiveSocket | null
  /** Takes the terminal over for `socket`; gives the scrollback. Output is counted from 0 again, without it. */
  attach(socket: LiveSocket): Buffer
  detach(): void
  /** How many bytes since `attach` the client has drawn. */
  drawn(bytes: number): void
  resize(cols: number, rows: number): void
  /** Lets a page see what the terminal shows, until the follower is closed. */
  follow(follow: string, socket: LiveSocket): Follower
  /** One more who types here, beside the client. */
  typist(): Typist
}

/**
 * Carries output to the client as fast as the client draws it. With no client it goes on until the limit, so that a reload
 * misses nothing and a flood fills no memory. Followers slow nothing down.
 */
export function openTerminalSession(of: {
  terminal: string
  seatId: string
  stream: TerminalStream
  size: { readonly cols: number; readonly rows: number }
  /** The shell has ended, and all that it said was sent. */
  closed: (reason: string) => void
}): TerminalSession {
  const { stream, terminal, seatId } = of
  const scrollback = openScrollback(REPLAY_BYTES)
  const typing = openTyping(stream.write)
  const followers = new Set<Follower>()
  let size = of.size
  let socket: LiveSocket | null = null
  let sent = 0
  let acknowledged = 0
  let paused = false
  let gathered: Buffer[] = []
  let timer: NodeJS.Timeout | null = null
  let redraw: NodeJS.Timeout | null = null

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
    for (const follower of followers) follower.send(chunk)
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
    if (redraw) clearTimeout(redraw)
    of.closed(reason)
  })

  const screen = () => ({ ...size, bytes: Buffer.concat([scrollback.modes(), scrollback.bytes()]) })
  /** A program that has had the screen to itself for long is asked to draw it anew, as by a window that is resized: nobody remembers all that it drew. */
  const drawAnew = () => {
    if (redraw || !scrollback.inFullScreen()) return
    stream.resize(size.cols, size.rows > 1 ? size.rows - 1 : 2)
    redraw = setTimeout(() => {
      redraw = null
      stream.resize(size.cols, size.rows)
    }, REDRAW_MS)
  }

  return {
    ...typing(),
    terminal,
    seatId,
    key: randomUUID(),
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
    drawn(bytes) {
      acknowledged = Math.max(acknowledged, Math.min(bytes, sent))
      mayGoOn()
    },
    resize(cols, rows) {
      size = { cols, rows }
      stream.resize(cols, rows)
      for (const follower of followers) follower.resized(cols, rows)
    },
    follow(follow, page) {
      flush()
      const follower = openFollower(follow, page, screen)
      followers.add(follower)
      drawAnew()
      return {
        ...follower,
        close() {
          followers.delete(follower)
          follower.close()
        },
      }
    },
    typist: typing,
  }
}
