import { hangUp } from './backpressure.ts'
import type { LiveSocket } from './socket-types.ts'

/** A client that takes nothing does not take a farewell either. */
const FAREWELL_MS = 1_000

/** Sends a client away and says why. From here on it gets nothing more, and soon there is no connection. */
export function sayGoodbye(socket: LiveSocket, reason: string): void {
  if (socket.disconnected) return
  socket.emit('goodbye', reason)
  socket.disconnect(true)
  setTimeout(() => hangUp(socket), FAREWELL_MS).unref()
}

/** A sign-in ends for who is there as for who comes. `untilWall`: epoch ms. */
export function leaveAt(socket: LiveSocket, untilWall: number): void {
  const timer = setTimeout(() => sayGoodbye(socket, 'session-over'), Math.max(0, untilWall - Date.now()))
  socket.once('disconnect', () => clearTimeout(timer))
}
