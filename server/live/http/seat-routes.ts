import { z } from 'zod'
import type { JoinCodes } from '../join-codes.ts'
import { refusal } from '../wire.ts'
import { id } from '../wire-command.ts'
import { bySeat, type Routes, refused } from './api-document.ts'
import { refuse } from './http-refusals.ts'
import type { RequestSeats } from './request-seat.ts'
import { codeResponse, seatsResponse } from './responses.ts'

export interface SeatRoutes {
  readonly asks: RequestSeats
  readonly codes: JoinCodes
  readonly base: () => string
  readonly name: string
  /** Parameters of the prefix. */
  readonly params?: z.ZodObject
  readonly fault: (what: string, error: unknown) => void
}

/** The seats of an exercise, for white: their join links and short codes. */
export const seatRoutes: Routes<SeatRoutes> = async (app, options) => {
  const { asks, codes, name } = options
  app.get(
    '/seats',
    {
      onRequest: asks.seatOrOperator,
      schema: {
        operationId: `${name}seats`,
        summary: 'Every seat with its join link and short code. White only',
        ...(options.params ? { params: options.params } : {}),
        security: [...bySeat.security, { operator: [] }],
        response: {
          200: seatsResponse.describe('The seats.'),
          403: refused('Not the white seat.'),
          ...bySeat.refusals,
        },
      },
    },
    async ({ served, seat }, reply) => {
      if (seat && seat.seat !== 'white') return refuse(reply, 403, WHITE_ONLY)
      const links = served.seats.links(options.base())
      const open = links.flatMap(({ seatId, revoked }) => (revoked ? [] : [seatId]))
      const made = await codes.of(served.exercise.engine.exerciseId, open).catch((error) => {
        // The long links do without.
        options.fault('join codes', error)
        return new Map<string, string>()
      })
      return { seats: links.map((link) => ({ ...link, code: made.get(link.seatId) ?? null })) }
    },
  )
  app.post(
    '/seats/:seat/code',
    {
      onRequest: asks.seatOf,
      schema: {
        operationId: `${name}renew-code`,
        summary: 'A new short code of a seat; the old one opens nothing any more. White only',
        description: 'Who has joined by the old code stays in: revoke the seat to send them away.',
        params: (options.params ?? z.object({})).extend({ seat: id.describe('Id of a seat.') }),
        security: bySeat.security,
        response: {
          200: codeResponse.describe('The new code.'),
          403: refused('Not the white seat.'),
          409: refused('There is no such seat, or it was revoked.'),
          ...bySeat.refusals,
        },
      },
    },
    async ({ served, seat, params }, reply) => {
      if (seat?.seat !== 'white') return refuse(reply, 403, WHITE_ONLY)
      const { seat: seatId } = params as { readonly seat: string }
      const { engine } = served.exercise
      if (!engine.state().seats.some((known) => known.seatId === seatId && !known.revoked))
        return refuse(reply, 409, NO_SEAT)
      return { code: await codes.renew(engine.exerciseId, seatId) }
    },
  )
}

const WHITE_ONLY = refusal('not-allowed', 'Only the white seat may see the join links.')
const NO_SEAT = refusal('unknown-seat', 'There is no such seat, or it was revoked.')
