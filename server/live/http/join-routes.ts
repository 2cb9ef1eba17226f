import type { CodeGuesses } from '../code-guesses.ts'
import type { JoinCodes } from '../join-codes.ts'
import type { FindServed } from '../served.ts'
import { joinBody, refusal } from '../wire.ts'
import { type Routes, refused } from './api-document.ts'
import { refuse } from './http-refusals.ts'
import { joinedResponse } from './responses.ts'

export interface JoinRoutes {
  readonly codes: JoinCodes
  readonly find: FindServed
  readonly base: () => string
  readonly guesses: CodeGuesses
}

/** A short code in, the join link of its seat out. */
export const joinRoutes: Routes<JoinRoutes> = async (app, { codes, find, base, guesses }) => {
  app.post(
    '/api/join',
    {
      schema: {
        operationId: 'join',
        summary: 'The join link of a short code',
        description:
          'Case, hyphens and blanks do not matter. Wrong codes are few, of one address and of all together.',
        security: [],
        body: joinBody,
        response: {
          200: joinedResponse.describe('The seat.'),
          400: refused('Not of the known form.'),
          404: refused('No seat has this code, or no longer.'),
          429: refused('Too many wrong codes came from this address, or from everywhere.'),
        },
      },
    },
    async ({ ip, body }, reply) => {
      await codes.ready()
      // Nothing may come between this and the taking: many that are sent at once would all be let through.
      if (!guesses.left(ip)) return refuse(reply, 429, TOO_MANY)
      const held = codes.find(body.code)
      const wrong = () => {
        guesses.wrong(ip)
        return refuse(reply, 404, WRONG)
      }
      if (!held) return wrong()
      const served = await find(held.exerciseId)
      const link = served?.seats.links(base()).find(({ seatId }) => seatId === held.seatId)
      if (!link || link.revoked) return wrong()
      const { token, url, seat, team, label } = link
      return { exercise: held.exerciseId, seat, team, label, token, url }
    },
  )
}

const WRONG = refusal(
  'wrong-code',
  'No seat has this code, or no longer. Look at it again, or ask white for a new one.',
)
const TOO_MANY = refusal(
  'too-many-codes',
  'Too many wrong codes were tried. Wait a minute, or join by the long link.',
)
