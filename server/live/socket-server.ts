import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { Server } from 'socket.io'
import type { Exercises } from '../engine/platform/exercises.ts'
import { FOLD_HASH } from '../engine/snapshots/fold-hash.ts'
import { hangUp, openOutlets } from './backpressure.ts'
import { openLanes } from './catch-up.ts'
import { personIn } from './presence.ts'
import type { AddressLimit } from './rate.ts'
import { GUEST } from './seats.ts'
import type { FindServed, Served } from './served.ts'
import type { LiveServer } from './socket-types.ts'
import { type ExerciseSockets, openExerciseSockets } from './sockets.ts'
import { malformed, NO_EXERCISE, refusal, socketAuth } from './wire.ts'

const MAX_SOCKETS = 6_000
/** Those who come without a token leave room for those who have one. */
const MAX_VIEWERS = 5_500
/** Several times what any message may be: who sends too much is told so. Beyond this the connection ends. */
const MAX_MESSAGE_BYTES = 256 * 1024

export interface SocketServerOptions {
  readonly http: HttpServer
  readonly exercises: Exercises
  readonly find: FindServed
  readonly failures: AddressLimit
  readonly allowed: (host: string | undefined, origin: string | undefined) => boolean
  /** Bursts of events are gathered this long. */
  readonly gatherMs: number
  /** How long a terminal waits for its person to come back. */
  readonly terminalKeepMs: number
  /** People may sign in with the organisation's accounts. */
  readonly offersSignIn: boolean
  readonly fault: (what: string, error: unknown) => void
}

/** socket.io for all exercises, on the given HTTP server. A socket belongs to the one that its handshake names, and to no other. */
export function openSocketServer(options: SocketServerOptions) {
  const { exercises } = options
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
  const outlets = openOutlets()
  const lanes = openLanes()
  const opened = new Map<Served['exercise'], ExerciseSockets>()
  const socketsOf = (served: Served): ExerciseSockets => {
    const current = () => served.exercise.engine.exerciseId === exercises.current
    const known =
      opened.get(served.exercise) ?? openExerciseSockets({ ...options, ...served, io, lanes, current })
    opened.set(served.exercise, known)
    return known
  }
  const stopWatching = exercises.onAway((exercise) => {
    opened.get(exercise)?.close()
    opened.delete(exercise)
  })

  io.use(async (socket, next) => {
    const auth = socketAuth.safeParse(socket.handshake.auth)
    if (!auth.success) return next(connectError(malformed(auth.error)))
    const { exercise, token, cursor, fold, person } = auth.data
    const patient = () => options.failures.take(socket.handshake.address)
    const served = await options.find(exercise).catch((error) => {
      options.fault('handshake', error)
      return null
    })
    if (!served) return next(connectError(patient() ? NO_EXERCISE : TOO_MANY_FAILURES))
    const entered = token === undefined ? null : served.seats.enter(token)
    if (io.engine.clientsCount > (entered?.ok ? MAX_SOCKETS : MAX_VIEWERS))
      return next(
        connectError(refusal('full', 'The server has as many viewers as it can serve. Try again later.')),
      )
    if (entered && !entered.ok) return next(connectError(patient() ? entered.refusal : TOO_MANY_FAILURES))
    socket.data.served = served
    socket.data.seat = entered?.seat ?? GUEST
    socket.data.signedIn = entered?.signedIn ?? null
    socket.data.untilWall = entered?.untilWall ?? null
    socket.data.person = personIn(socket.data, person ?? null)
    socket.data.where = null
    socket.data.cursor = cursor ?? 0
    socket.data.takesSnapshots = fold === FOLD_HASH
    next()
  })

  io.on('connection', (socket) => {
    const { served } = socket.data
    // Put away between the handshake and now: it comes again, and finds the record.
    if (!exercises.hold(served.exercise)) return hangUp(socket)
    socket.data.outlet = outlets.open(socket)
    socket.on('disconnect', () => exercises.release(served.exercise))
    socketsOf(served).serve(socket)
  })

  return {
    /** Sends everybody away and ends the terminals' sessions; the containers stay. */
    async close() {
      stopWatching()
      for (const sockets of opened.values()) sockets.stop()
      outlets.close()
      await io.close()
    },
  }
}

const TOO_MANY_FAILURES = refusal('too-many-failures', 'Too many tokens that are no good. Wait a minute.')

/** The client reads `data`; the message is what socket.io shows by itself. */
function connectError(cause: ReturnType<typeof refusal>): Error {
  return Object.assign(new Error(cause.code), { data: cause })
}
