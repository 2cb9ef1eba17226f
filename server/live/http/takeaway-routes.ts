import { z } from 'zod'
import type { Takeaway } from '../../engine/ports/takeaway.ts'
import { nameInFile } from '../../exercise/scenario/name-in-file.ts'
import { TOO_FAST } from '../give-command.ts'
import { rateLimitPerAddress } from '../rate.ts'
import { NO_EXERCISE, refusal } from '../wire.ts'
import { bySeat, type Routes, refused } from './api-document.ts'
import { disposition } from './file-routes.ts'
import { refuse } from './http-refusals.ts'
import { keyOf } from './of-seat.ts'
import type { RequestSeats } from './request-seat.ts'

interface ExportRoute {
  readonly asks: RequestSeats
  readonly takeaway: Takeaway
  /** A client that takes nothing for so long is let go. */
  readonly idleMs: number
  /** Begins the operation ids, which must all be different. */
  readonly name: '' | 'exercise-'
  /** Parameters of the prefix. */
  readonly params?: z.ZodObject
}

/** Of one seat of white: each reads and folds a whole exercise. */
const PER_SECOND = 1 / 60
const AT_ONCE = 3

/** An exercise as one file: for white of that exercise, and for who runs the platform. */
export const exportRoute: Routes<ExportRoute> = async (app, { asks, takeaway, idleMs, name, params }) => {
  const limit = rateLimitPerAddress(PER_SECOND, AT_ONCE)
  const underWay = new Set<string>()
  app.addHook('onRequest', asks.exerciseOf)
  app.get(
    '/export',
    {
      exposeHeadRoute: false,
      onRequest: asks.seatOrOperator,
      schema: {
        operationId: `${name}export`,
        summary: 'The exercise as one file that proves itself, as kilp export writes it. White only',
        description:
          'A tar: ledger, attachments, scenario, seal. It holds all that white may know, and no secret by which somebody could act.',
        ...(params && { params }),
        security: [...bySeat.security, { operator: [] }],
        response: {
          200: z.string().describe('The file, always to be saved.'),
          403: refused('Not the white seat.'),
          ...bySeat.refusals,
        },
      },
    },
    async (request, reply) => {
      const { served, seat } = request
      if (seat && seat.seat !== 'white') return refuse(reply, 403, WHITE_ONLY)
      const { exerciseId, state } = served.exercise.engine
      if (seat && (underWay.has(exerciseId) || !limit.take(keyOf(served, seat))))
        return refuse(reply, 429, TOO_FAST)
      if (seat) underWay.add(exerciseId)
      const { socket } = request.raw
      // Nothing is said while it is put together: the connection is not idle.
      socket.setTimeout(0)
      try {
        const stream = await takeaway.export(exerciseId)
        if (!stream) return refuse(reply, 404, NO_EXERCISE)
        if (socket.destroyed) stream.destroy()
        return reply
          .header('content-type', 'application/x-tar')
          .header('content-disposition', disposition(`kilp-${exerciseId}${nameInFile(state().name)}.tar`))
          .header('x-content-type-options', 'nosniff')
          .send(stream)
      } finally {
        socket.setTimeout(idleMs)
        if (seat) underWay.delete(exerciseId)
      }
    },
  )
}

const dumpQuery = z.strictObject({
  exercise: z.string().min(1).max(200).optional().describe('Only this one.'),
})

/** Everything in the store, with its keys: for who runs the platform, at its machine. */
export const dumpRoute: Routes<Pick<ExportRoute, 'asks' | 'takeaway'>> = async (app, { asks, takeaway }) => {
  app.get(
    '/api/dump',
    {
      exposeHeadRoute: false,
      onRequest: asks.dumper,
      schema: {
        operationId: 'dump',
        summary:
          'What the store holds, or all of one exercise, as JSON lines: with the keys that sign join links',
        description:
          'With a key of its own, which stands in the data folder: the home page’s key does not do.',
        security: [{ operator: [] }],
        querystring: dumpQuery,
        response: {
          200: z.string().describe('A line for each row; the last one says how many there are.'),
          400: refused('A query that is no good.'),
          401: refused('No key, or not that of this platform.'),
          429: refused('Too many keys that are no good came from this address.'),
        },
      },
    },
    async ({ query }, reply) =>
      reply.header('content-type', 'application/x-ndjson').send(takeaway.dump(query.exercise)),
  )
}

const WHITE_ONLY = refusal('not-allowed', 'Only the white seat may take the whole exercise away.')
