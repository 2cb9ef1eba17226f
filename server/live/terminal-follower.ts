import type { TerminalScreen } from '../exercise/wire/protocol.ts'
import type { LiveSocket } from './socket-types.ts'

/** What a follower has not drawn: with more it is sent nothing ... */
const BEHIND_BYTES = 256 * 1024
/** ... until it has drawn all but this. Then it gets the screen anew, and what lies between it never sees. */
const CAUGHT_UP_BYTES = 64 * 1024

/** One page that follows a terminal. However slow it is, the terminal never waits for it. */
export interface Follower {
  readonly follow: string
  send(chunk: Buffer): void
  resized(cols: number, rows: number): void
  /** How many bytes the page has drawn since it follows, screens too. */
  drawn(bytes: number): void
  close(): void
}

/** Shows the page the screen of now, and from then on what comes. */
export function openFollower(follow: string, socket: LiveSocket, screen: () => TerminalScreen): Follower {
  const { outlet } = socket.data
  let sent = 0
  let acknowledged = 0
  let behind = false

  const show = () => {
    const now = screen()
    sent += now.bytes.length
    socket.emit('follow-screen', follow, now)
  }
  /** A page may claim to have drawn what it has not even taken. */
  const ahead = () => Math.max(sent - acknowledged, outlet.waiting())
  const catchUp = () => {
    if (!behind || ahead() > CAUGHT_UP_BYTES) return
    behind = false
    show()
  }
  const stopWatching = outlet.onTaken(catchUp)
  show()

  return {
    follow,
    send(chunk) {
      behind ||= ahead() > BEHIND_BYTES
      if (behind) return
      sent += chunk.length
      socket.emit('follow-data', follow, chunk)
    },
    resized(cols, rows) {
      // Who is behind gets the size with the next screen.
      if (!behind) socket.emit('follow-size', follow, cols, rows)
    },
    drawn(bytes) {
      acknowledged = Math.max(acknowledged, Math.min(bytes, sent))
      catchUp()
    },
    close: stopWatching,
  }
}
