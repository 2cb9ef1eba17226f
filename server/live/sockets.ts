import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { Server } from 'socket.io'
import type { Engine } from '../engine/engine.ts'
import { FOLD_HASH } from '../engine/fold-hash.ts'
import type { Terminals } from '../engine/terminals.ts'
import { audienceName } from '../exercise/ledger/audience.ts'
import type { Audience } from '../exercise/scenario/model.ts'
import { openPages } from './audience-feed.ts'
import { openOutlets } from './backpressure.ts'
import { openCatchUps } from './catch-up.ts'
import { sayGoodbye } from './farewell.ts'
import type { GiveCommand } from './give-command.ts'
import { openPublisher } from './publisher.ts'
import type { AddressLimit } from './rate.ts'
import { audienceOf, GUEST, type Seats } from './seats.ts'
import { guardMessages } from './socket-guard.ts'
import { LIVE_ROOM, type LiveServer, type LiveSocket, seatRoom } from './socket-types.ts'
import { openTerminalSessions } from './terminals.ts'
import { FAULT, malformed, refusal, type SeatCommand, socketAuth } from './wire.ts'

const MAX_SOCKETS = 6_000
/** Those who come without a token leave room for those who have one. */
const MAX_VIEWERS = 5_500
const MAX_MESSAGE_BYTES = 64 * 1024
/** Who lacks more positions of the ledger gets a snapshot, if it takes any. */
const SNAPSHOT_FROM = 1_000

export interface LiveSockets {
  readonly io: LiveServer
  /** Sends everybody away and ends the terminals' sessions; the containers stay. */
  close(): Promise<void>
}

export interface SocketOptions {
  readonly http: HttpServer
  readonly engine: Engine
  readonly seats: Seats
  readonly give: GiveCommand
  readonly terminals: Terminals
  readonly failures: AddressLimit
  readonly allowed: (host: string | undefined, origin: string | undefined) => boolean
  /** Bursts of events are gathered this long. */
  readonly gatherMs: number
  /** How long a terminal waits for its person to come back. */
  readonly terminalKeepMs: number
  readonly fault: (what: string, error: unknown) => void
}

/** Serves the live feed, commands and terminals over socket.io, on the given HTTP server. */
export function openSockets(options: SocketOptions): LiveSockets {
  const { engine, seats, fault } = options
  const io: LiveServer = new Server(options.http, {
    transports: ['websocket'],
    serveClient: false,
    perMessageDeflate: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    connectTimeout: 10_000,
    allowRequest: (request: IncomingMessage, answer) =>
      answer(null, options.allowed(request.headers.host, request.headers.origin)),
  })
  const pages = openPages(engine)
  const publisher = openPublisher({ engine, io, gatherMs: options.gatherMs, fault })
  const sessions = openTerminalSessions(options.terminals, options.terminalKeepMs, fault)
  const outlets = openOutlets()
  const catchUps = openCatchUps(pages, publisher.cursor)

  io.use((socket, next) => {
    const auth = socketAuth.safeParse(socket.handshake.auth)
    if (!auth.success) return next(connectError(malformed(auth.error)))
    const entered = auth.data.token === undefined ? null : seats.enter(auth.data.token)
    if (io.engine.clientsCount > (entered?.ok ? MAX_SOCKETS : MAX_VIEWERS))
      return next(
        connectError(refusal('full', 'The server has as many viewers as it can serve. Try again later.')),
      )
    if (entered && !entered.ok) {
      const patient = options.failures.take(socket.handshake.address)
      return next(connectError(patient ? entered.refusal : TOO_MANY_FAILURES))
    }
    socket.data.seat = entered?.seat ?? GUEST
    socket.data.cursor = auth.data.cursor ?? 0
    socket.data.takesSnapshots = auth.data.fold === FOLD_HASH
    next()
  })

  io.on('connection', (socket) => {
    const { seat } = socket.data
    const outlet = outlets.open(socket)
    socket.data.outlet = outlet
    const catchUp = catchUps(socket, outlet)
    void socket.join(seatRoom(seat.seatId))
    // Revoked between the handshake and the room, from which it would have been sent away.
    if (isRevoked(engine, seat.seatId)) return sayGoodbye(socket, 'revoked-token')
    guardMessages(socket)
    listen(socket, catchUp)
    socket.emit('welcome', { seat, exerciseId: engine.exerciseId, cursor: publisher.cursor() })
    follow(socket, catchUp).catch((error) => {
      fault('live feed', error)
      socket.disconnect(true)
    })
  })

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
    if (socket.connected) void socket.join([audienceName(audience), LIVE_ROOM])
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
      const { seatId } = event.data
      for (const id of io.sockets.adapter.rooms.get(seatRoom(seatId)) ?? []) {
        const socket = io.sockets.sockets.get(id)
        if (socket) sayGoodbye(socket, 'revoked-token')
      }
      sessions.leave(seatId)
    }
  })

  return {
    io,
    async close() {
      stopWatching()
      publisher.close()
      sessions.close()
      outlets.close()
      await io.close()
    },
  }
}

type CatchUp = ReturnType<ReturnType<typeof openCatchUps>>

const TOO_MANY_FAILURES = refusal('too-many-failures', 'Too many tokens that are no good. Wait a minute.')

/** The client reads `data`; the message is what socket.io shows by itself. */
function connectError(cause: ReturnType<typeof refusal>): Error {
  return Object.assign(new Error(cause.code), { data: cause })
}

const isRevoked = (engine: Engine, seatId: string): boolean =>
  engine.state().seats.some((seat) => seat.seatId === seatId && seat.revoked)
