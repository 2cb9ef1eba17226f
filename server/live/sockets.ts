import type { Engine } from '../engine/engine.ts'
import type { Exercise } from '../engine/platform/exercise.ts'
import { mayType } from '../exercise/decide/typing.ts'
import type { Audience } from '../exercise/scenario/model.ts'
import { type Pages, roomOf } from './audience-feed.ts'
import { hangUp } from './backpressure.ts'
import { type Lanes, openCatchUps } from './catch-up.ts'
import { leaveAt, sayGoodbye } from './farewell.ts'
import type { GiveCommand } from './give-command.ts'
import { openPresence } from './presence.ts'
import { openPublisher } from './publisher.ts'
import { allRoom, liveRoom, seatRoom } from './rooms.ts'
import { audienceOf } from './seats.ts'
import { guardMessages } from './socket-guard.ts'
import type { LiveServer, LiveSocket } from './socket-types.ts'
import { openTerminalSessions } from './terminals.ts'
import { FAULT, type SeatCommand } from './wire.ts'

/** Who lacks more positions of the ledger gets a snapshot, if it takes any. */
const SNAPSHOT_FROM = 1_000

/** The sockets of one exercise. */
export interface ExerciseSockets {
  serve(socket: LiveSocket): void
  /** Ends what is sent by itself and the terminals' sessions; the containers stay. */
  stop(): void
  /** Stops, and cuts everybody off, so that they come again. */
  close(): void
}

export interface SocketOptions {
  readonly io: LiveServer
  readonly lanes: Lanes
  readonly exercise: Exercise
  /** It is the one that an address without an exercise means. */
  readonly current: () => boolean
  readonly give: GiveCommand
  readonly pages: Pages
  /** Bursts of events are gathered this long. */
  readonly gatherMs: number
  /** How long a terminal waits for its person to come back. */
  readonly terminalKeepMs: number
  readonly offersSignIn: boolean
  readonly fault: (what: string, error: unknown) => void
}

/** Serves the live feed, commands and terminals of one exercise over socket.io. */
export function openExerciseSockets(options: SocketOptions): ExerciseSockets {
  const { io, exercise, pages, fault } = options
  const { engine } = exercise
  const { exerciseId } = engine
  const publisher = openPublisher({ engine, io, gatherMs: options.gatherMs, fault })
  const sessions = openTerminalSessions(
    exercise.terminals,
    ({ seat }) => mayType(engine.state(), seat),
    options.terminalKeepMs,
    fault,
  )
  const presence = openPresence(io, exerciseId)
  const catchUps = openCatchUps(options.lanes, pages, publisher.cursor)

  const serve = (socket: LiveSocket) => {
    const { seat, outlet } = socket.data
    const catchUp = catchUps(socket, outlet)
    void socket.join([allRoom(exerciseId), seatRoom(exerciseId, seat.seatId)])
    // Revoked between the handshake and the room, from which it would have been sent away.
    if (isRevoked(engine, seat.seatId)) return sayGoodbye(socket, 'revoked-token')
    guardMessages(socket)
    if (socket.data.untilWall !== null) leaveAt(socket, socket.data.untilWall)
    listen(socket, catchUp)
    const { current, offersSignIn } = options
    const { record } = exercise
    const { signedIn } = socket.data
    const cursor = publisher.cursor()
    socket.emit('welcome', {
      ...{ seat, exerciseId, cursor, record, signedIn, offersSignIn },
      current: current(),
    })
    presence.serve(socket)
    follow(socket, catchUp).catch((error) => {
      fault('live feed', error)
      socket.disconnect(true)
    })
  }

  /** Brings a socket up to date from the ledger and hands it over to its room without a gap and without an event twice. */
  const follow = async (socket: LiveSocket, catchUp: CatchUp) => {
    const audience = audienceOf(socket.data.seat)
    // A cursor from beyond the end belongs to another ledger.
    let reached = socket.data.cursor <= engine.state().position ? socket.data.cursor : 0
    if (socket.data.takesSnapshots && publisher.cursor() - reached > SNAPSHOT_FROM)
      reached = await sendSnapshot(socket, audience, reached)
    while (reached < publisher.cursor()) {
      const batch = await catchUp.page(reached, (page) => socket.emit('events', page))
      if (!batch) return
      if (batch.cursor <= reached) throw new Error(`the ledger has nothing after position ${reached}`)
      reached = batch.cursor
    }
    // Nothing may come between the look at the publisher's cursor and this: the room's next batch goes on from there.
    if (socket.connected) void socket.join([roomOf(exerciseId, audience), liveRoom(exerciseId)])
  }

  /** How far the client has come with it; without one it goes on by events. */
  const sendSnapshot = async (socket: LiveSocket, audience: Audience, after: number): Promise<number> => {
    try {
      const { position, body } = await engine.audiences.snapshot(audience)
      socket.emit('snapshot', position, body)
      return position
    } catch (error) {
      fault('a snapshot', error)
      return after
    }
  }

  const listen = (socket: LiveSocket, catchUp: CatchUp) => {
    const { seat } = socket.data
    socket.on('catch-up', (after, reply) => {
      // Without an answer the client asks again.
      catchUp.ask(after, reply).catch((error) => fault('catch-up', error))
    })
    // The guard has let through only what `wireCommand` accepts.
    socket.on('command', (command, reply) => {
      options
        .give(seat, command as SeatCommand, socket.data.person?.name)
        .catch((error) => {
          fault('command', error)
          return { ok: false, refusal: FAULT } as const
        })
        .then(reply)
    })
    sessions.serve(socket)
  }

  const socketsIn = (room: string): readonly LiveSocket[] =>
    [...(io.sockets.adapter.rooms.get(room) ?? [])].flatMap((id) => io.sockets.sockets.get(id) ?? [])

  const stopWatching = engine.onEvents((events) => {
    for (const event of events) {
      // By an act on its service; of one that ended by itself nothing is left here.
      if (event.type === 'terminal.closed') sessions.end(event.data.terminal, event.data.reason)
      if (event.type !== 'seat.revoked') continue
      const { seatId } = event.data
      // First, so that what ends with the seat is recorded as that, and not as pages that went.
      sessions.leave(seatId)
      for (const socket of socketsIn(seatRoom(exerciseId, seatId))) sayGoodbye(socket, 'revoked-token')
    }
  })

  const stop = () => {
    stopWatching()
    publisher.close()
    presence.close()
    sessions.close()
  }
  return {
    serve,
    stop,
    close() {
      stop()
      // Not told to leave: a client that is told so does not come again.
      for (const socket of socketsIn(allRoom(exerciseId))) hangUp(socket)
    },
  }
}

type CatchUp = ReturnType<ReturnType<typeof openCatchUps>>

const isRevoked = (engine: Engine, seatId: string): boolean =>
  engine.state().seats.some((seat) => seat.seatId === seatId && seat.revoked)
