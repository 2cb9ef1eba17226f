import { timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { SeatInfo } from '../../exercise/wire/protocol.ts'
import type { AddressLimit } from '../rate.ts'
import type { FindServed, Served } from '../served.ts'
import { NO_EXERCISE, refusal } from '../wire.ts'
import { refuse } from './http-refusals.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The exercise that the path names; set by `exerciseOf`. */
    served: Served
    /** Who asks; set by `seatOf`. Null where it is the one who runs the platform, or, where they may, a guest without a token. */
    seat: SeatInfo | null
    /** The name that the token carries, of somebody who has signed in; set by `seatOf`. */
    signedIn: string | null
    /** Of somebody who has signed in: until when, epoch ms; set by `seatOf`. */
    untilWall: number | null
  }
}

const NO_TOKEN = refusal('no-token', 'Send the token of a seat: `Authorization: Bearer TOKEN`.')
const TOO_MANY = refusal('too-many-failures', 'Too many tokens that are no good. Wait a minute.')
const NOT_OPERATOR = refusal(
  'not-operator',
  'Only who runs the platform may do this, with the key that it keeps in its data folder: kilp open, kilp close.',
)

const NOT_DUMPER = refusal(
  'not-operator',
  'A dump holds the keys of all seats. It is given to kilp dump alone, run on the platform’s machine by whoever owns its data folder: the key of the home page does not open it.',
)

/** Compared in a time that tells nothing. */
function isKey(token: string, wanted: string | null): boolean {
  const key = Buffer.from(wanted ?? '')
  const given = Buffer.from(token)
  return key.length > 0 && given.length === key.length && timingSafeEqual(given, key)
}

type Hook = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply | undefined>

const bearerOf = ({ headers }: FastifyRequest): string | undefined =>
  /^Bearer ([\w.-]{1,2000})$/i.exec(headers.authorization ?? '')?.[1]

/** Hooks that run before anything of a request is read: whom it is about, and who asks. */
export function openRequestSeats(options: {
  readonly find: FindServed
  readonly failures: AddressLimit
  /** Null: nobody has it. */
  readonly operatorKey: string | null
  /** Of a dump. Null: nobody has it. */
  readonly dumpKey: string | null
}) {
  const isOperator = (token: string): boolean => isKey(token, options.operatorKey)
  const turnAway = (request: FastifyRequest, reply: FastifyReply, why: ReturnType<typeof refusal>) => {
    reply.header('www-authenticate', 'Bearer realm="kilp"')
    if (why !== NO_TOKEN && !options.failures.take(request.ip)) return refuse(reply, 429, TOO_MANY)
    return refuse(reply, 401, why)
  }
  const exerciseOf: Hook = async (request, reply) => {
    const named = (request.params as { exercise?: string }).exercise
    const served = await options.find(named)
    if (!served) return refuse(reply, 404, NO_EXERCISE)
    request.served = served
    return
  }
  const seatOf: Hook = async (request, reply) => {
    const token = bearerOf(request)
    if (token === undefined) return turnAway(request, reply, NO_TOKEN)
    const entered = request.served.seats.enter(token)
    if (!entered.ok) return turnAway(request, reply, entered.refusal)
    request.seat = entered.seat
    request.signedIn = entered.signedIn
    request.untilWall = entered.untilWall
    return
  }
  const operator: Hook = async (request, reply) => {
    const token = bearerOf(request)
    if (token === undefined) return turnAway(request, reply, NO_TOKEN)
    return isOperator(token) ? undefined : turnAway(request, reply, NOT_OPERATOR)
  }
  /** Who runs the platform, at its machine. */
  const dumper: Hook = async (request, reply) => {
    const token = bearerOf(request)
    if (token === undefined) return turnAway(request, reply, NO_TOKEN)
    return isKey(token, options.dumpKey) ? undefined : turnAway(request, reply, NOT_DUMPER)
  }
  /** A seat of the exercise, or the one who runs the platform. */
  const seatOrOperator: Hook = async (request, reply) => {
    const token = bearerOf(request)
    if (token !== undefined && isOperator(token)) return
    return seatOf(request, reply)
  }
  /** Who has no token is a guest, as on the pages. */
  const seatOrGuest: Hook = async (request, reply) =>
    bearerOf(request) === undefined ? undefined : seatOf(request, reply)
  return { exerciseOf, seatOf, operator, dumper, seatOrOperator, seatOrGuest }
}
export type RequestSeats = ReturnType<typeof openRequestSeats>
