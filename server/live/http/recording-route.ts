import { z } from 'zod'
import { TOO_FAST } from '../give-command.ts'
import { rateLimitPerAddress } from '../rate.ts'
import { audienceOf } from '../seats.ts'
import { bySeat, type Routes } from './api-document.ts'
import { refuse } from './http-refusals.ts'
import { keyOf } from './of-seat.ts'
import type { RequestSeats } from './request-seat.ts'

/** Of one seat, and of one address without: each may be megabytes. */
const PER_SECOND = 0.2
const AT_ONCE = 6

interface Options {
  readonly asks: RequestSeats
  readonly name: string
  readonly params?: z.ZodObject
}

/** The whole ledger as a seat may know it; without a token, as a guest may. */
export const recordingRoute: Routes<Options> = async (app, { asks, name, params }) => {
  const limit = rateLimitPerAddress(PER_SECOND, AT_ONCE)
  app.get(
    '/recording',
    {
      onRequest: asks.seatOrGuest,
      schema: {
        operationId: `${name}recording`,
        summary: 'Everything that the seat may know of the exercise so far, in one piece',
        description:
          'What a replay is made of. Always packed with gzip. Without a token: what a guest may know.',
        ...(params && { params }),
        security: [{}, ...bySeat.security],
        response: {
          200: z.string().describe('JSON `{cursor, events}`.'),
          ...bySeat.refusals,
        },
      },
    },
    async ({ served, seat, ip }, reply) => {
      if (!limit.take(seat ? keyOf(served, seat) : ip)) return refuse(reply, 429, TOO_FAST)
      const body = await served.recordings.of(seat ? audienceOf(seat) : { seat: 'guest' })
      return reply
        .header('content-type', 'application/json; charset=utf-8')
        .header('content-encoding', 'gzip')
        .header('cache-control', 'private, no-store')
        .send(body)
    },
  )
}
