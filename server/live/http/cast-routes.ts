import { z } from 'zod'
import type { EventLog } from '../../engine/ports/ports.ts'
import { CAST_NAME } from '../../exercise/wire/cast.ts'
import { TOO_FAST } from '../give-command.ts'
import { rateLimitPerAddress } from '../rate.ts'
import { refusal } from '../wire.ts'
import { bySeat, type Routes, refused } from './api-document.ts'
import { disposition } from './file-routes.ts'
import { refuse } from './http-refusals.ts'
import { keyOf, known, ownTeam } from './of-seat.ts'
import type { RequestSeats } from './request-seat.ts'

/** Of one seat: each is some megabytes at most. */
const CASTS_PER_SECOND = 1
const CASTS_AT_ONCE = 20

const castResponse = z.object({
  cast: z.string().describe('Name of the recording.'),
  terminal: z.string().describe('As `terminal.opened` of the ledger names it.'),
  team: z.string(),
  bytes: z.int(),
})

const castParam = z
  .string()
  .regex(CAST_NAME)
  .describe('Name of the recording: the terminal’s id, with `-2` and so on for further shells of a login.')

interface Options {
  readonly asks: RequestSeats
  readonly name: string
  readonly params?: z.ZodObject
  readonly store: EventLog
}

/** Recordings of terminals: white has all, a team its own. Somebody else’s is not told from one that is not there. */
export const castRoutes: Routes<Options> = async (app, { asks, name, params, store }) => {
  const limit = rateLimitPerAddress(CASTS_PER_SECOND, CASTS_AT_ONCE)
  app.get(
    '/terminals',
    {
      onRequest: asks.seatOf,
      schema: {
        operationId: `${name}terminal-recordings`,
        summary: 'Which terminals are recorded. White all, blue those of its own team',
        ...(params && { params }),
        security: bySeat.security,
        response: {
          200: z.object({ casts: z.array(castResponse) }).describe('The recordings, by name.'),
          403: refused('A seat that sees no terminals.'),
          ...bySeat.refusals,
        },
      },
    },
    async ({ served, seat }, reply) => {
      const asking = known(seat)
      if (asking.seat !== 'white' && asking.seat !== 'blue') return refuse(reply, 403, NOT_YOURS)
      if (!limit.take(keyOf(served, asking))) return refuse(reply, 429, TOO_FAST)
      const casts = await store.castsOf(served.exercise.engine.exerciseId)
      return { casts: casts.filter(({ team }) => ownTeam(asking, team)) }
    },
  )
  app.get(
    '/terminals/:cast/recording',
    {
      onRequest: asks.seatOf,
      schema: {
        operationId: `${name}terminal-recording`,
        summary: 'What a terminal printed, as asciicast v2. White, and blue for its own team',
        description:
          'Times are seconds of exercise time since the terminal was opened. In it is what the team’s shell printed, never what was typed and not shown.',
        params: (params ?? z.object({})).extend({ cast: castParam }),
        security: bySeat.security,
        response: {
          200: z.string().describe('The recording, always to be saved.'),
          403: refused('A seat that sees no terminals.'),
          ...bySeat.refusals,
          404: refused('There is no such exercise, or no such recording for this seat.'),
        },
      },
    },
    async (request, reply) => {
      const { served, seat } = request
      const asking = known(seat)
      const { cast } = request.params as { cast: string }
      if (asking.seat !== 'white' && asking.seat !== 'blue') return refuse(reply, 403, NOT_YOURS)
      if (!limit.take(keyOf(served, asking))) return refuse(reply, 429, TOO_FAST)
      const found = await store.readCast(served.exercise.engine.exerciseId, cast)
      if (!found || !ownTeam(asking, found.team)) return refuse(reply, 404, NO_CAST)
      return reply
        .header('content-type', 'application/x-asciicast')
        .header('content-disposition', disposition(`${found.team}-${cast}.cast`))
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('x-content-type-options', 'nosniff')
        .serializer((text: unknown) => text as string)
        .send(found.text)
    },
  )
}

const NOT_YOURS = refusal('not-allowed', 'Recordings of terminals are for white, and for a team its own.')
const NO_CAST = refusal('not-found', 'There is no such recording for this seat.')
