import type { Engine } from '../engine/engine.ts'
import type { Exercise } from '../engine/exercise.ts'
import { type Pages, roomOf } from './audience-feed.ts'
import { openPatience } from './backpressure.ts'
import type { GiveCommand } from './give-command.ts'
import { openPublisher } from './publisher.ts'
import { audienceOf } from './seats.ts'
import { guardMessages } from './socket-guard.ts'
import { allRoom, type LiveServer, type LiveSocket, liveRoom, seatRoom } from './socket-types.ts'
import { openTerminalSessions } from './terminals.ts'
import { FAULT, type SeatCommand } from './wire.ts'

/** A client for which this much waits gets the next page of the ledger only when it has taken it. */
const PATIENT_BYTES = 1024 * 1024

/** The sockets of one exercise. */
export interface ExerciseSockets {
  serve(socket: LiveSocket): void
  /** Cuts all of them, so that they come again, and ends the terminals' sessions; the containers stay. */
  close(): void
}

export interface SocketOptions {
  readonly io: LiveServer
  readonly exercise: Exercise
  /** It is the one that an address without an exercise means. */
  readonly current: boolean
  readonly give: GiveCommand
  readonly pages: Pages
  /** Bursts of events are gathered this long. */
  readonly gatherMs: number
  /** How long a terminal waits for its person to come back. */
  readonly terminalKeepMs: number
  readonly fault: (what: string, error: unknown) => void
}

/** Serves the live feed, commands and terminals of one exercise over socket.io. */
export function openExerciseSockets(options: SocketOptions): ExerciseSockets {
  const { io, exercise, pages, fault } = options
  const { engine } = exercise
  const { exerciseId } = engine
  const publisher = openPublisher({ engine, io, gatherMs: options.gatherMs, fault })
  const sessions = openTerminalSessions(exercise.terminals, options.terminalKeepMs, fault)

  const serve = (socket: LiveSocket) => {
    const { seat } = socket.data
    void socket.join([allRoom(exerciseId), seatRoom(exerciseId, seat.seatId)])
    // Revoked between the handshake and the room, from which it would have been sent away.
    if (isRevoked(engine, seat.seatId)) return sayGoodbye(socket)
    guardMessages(socket)
    listen(socket)
    socket.emit('welcome', { seat, exerciseId, cursor: publisher.cursor(), current: options.current })
    follow(socket).catch((error) => {
      fault('live feed', error)
      socket.disconnect(true)
    })
  }

  /** Brings a socket up to date from the ledger and hands it over to its room without a gap and without an event twice. */
  const follow = async (socket: LiveSocket) => {
    const audience = audienceOf(socket.data.seat)
    // A cursor from beyond the end belongs to another ledger.
    let reached = socket.data.cursor <= publisher.cursor() ? socket.data.cursor : 0
    const patience = openPatience(socket, PATIENT_BYTES)
    while (reached < publisher.cursor()) {
      const batch = await pages.page(audience, reached, publisher.cursor())
      await patience.taken()
      if (!socket.connected) return
      if (batch.cursor <= reached) throw new Error(`the ledger has nothing after position ${reached}`)
      socket.emit('events', batch)
      reached = batch.cursor
    }
    patience.stop()
    // Nothing may come between the look at the publisher's cursor and this: the room's next batch goes on from there.
    void socket.join([roomOf(exerciseId, audience), liveRoom(exerciseId)])
  }

  const listen = (socket: LiveSocket) => {
    const { seat } = socket.data
    socket.on('catch-up', (after, reply) => {
      const from = Math.min(after, publisher.cursor())
      // Without an answer the client asks again.
      pages
        .page(audienceOf(seat), from, publisher.cursor())
        .then(reply)
        .catch((error) => fault('catch-up', error))
    })
    // The guard has let through only what `wireCommand` accepts.
    socket.on('command', (command, reply) => {
      options
        .give(seat, command as SeatCommand)
        .catch((error) => {
          fault('command', error)
          return { ok: false, refusal: FAULT } as const
        })
        .then(reply)
    })
    sessions.serve(socket)
  }

  const stopWatching = engine.onEvents((events) => {
    for (const event of events) {
      if (event.type !== 'seat.revoked') continue
      const room = seatRoom(exerciseId, event.data.seatId)
      io.to(room).emit('goodbye', 'revoked-token')
      io.in(room).disconnectSockets(true)
      sessions.leave(event.data.seatId)
    }
  })

  return {
    serve,
    close() {
      stopWatching()
      publisher.close()
      sessions.close()
      // Not told to leave: a client that is told so does not come again.
      for (const id of io.sockets.adapter.rooms.get(allRoom(exerciseId)) ?? [])
        io.sockets.sockets.get(id)?.conn.close()
    },
  }
}

const isRevoked = (engine: Engine, seatId: string): boolean =>
  engine.state().seats.some((seat) => seat.seatId === seatId && seat.revoked)

function sayGoodbye(socket: LiveSocket): void {
  socket.emit('goodbye', 'revoked-token')
  socket.disconnect(true)
}
