import type { z } from 'zod'
import { TOO_FAST } from '../give-command.ts'
import { rateLimitPerAddress } from '../rate.ts'
import { changesQuery, refusal } from '../wire.ts'
import { bySeat, type Routes, refused } from './api-document.ts'
import { refuse } from './http-refusals.ts'
import { known, ownTeam } from './of-seat.ts'
import type { RequestSeats } from './request-seat.ts'
import { changesResponse } from './responses.ts'

interface Options {
  readonly asks: RequestSeats
  readonly name: string
  readonly params?: z.ZodObject
}

/** Of all white seats of an exercise: each reads the sources of a container. */
const PER_SECOND = 1
const AT_ONCE = 8
/** Of all seats of a team: it fills the container that is read, and must not keep the platform busy with it. */
const TEAM_PER_SECOND = 0.2
const TEAM_AT_ONCE = 4

/** What a team has changed in the sources of a service, for white and the team itself. */
export const changesRoute: Routes<Options> = async (app, { asks, name, params }) => {
  const ask = rateLimitPerAddress(PER_SECOND, AT_ONCE)
  const teamAsk = rateLimitPerAddress(TEAM_PER_SECOND, TEAM_AT_ONCE)
  app.get(
    '/changes',
    {
      onRequest: asks.seatOf,
      schema: {
        operationId: `${name}changes`,
        summary:
          'What a team has changed in the sources of a service, as a unified diff. White, and blue for its own team',
        description:
          'Sources in the container beside those of the image that it came from. No tool in the container is asked. At most 256 KiB.',
        ...(params && { params }),
        security: bySeat.security,
        querystring: changesQuery,
        response: {
          200: changesResponse.describe('The difference; empty where there is none.'),
          400: refused('A query that is no good.'),
          403: refused('Changes of another team.'),
          503: refused('The container engine does not give the sources.'),
          ...bySeat.refusals,
        },
      },
    },
    async ({ served, seat, query: { team, service } }, reply) => {
      const { exercise } = served
      const asking = known(seat)
      if (!ownTeam(asking, team)) return refuse(reply, 403, NOT_YOURS)
      const { exerciseId } = exercise.engine
      const may = asking.seat === 'white' ? ask.take(exerciseId) : teamAsk.take(`${exerciseId}/${team}`)
      if (!may) return refuse(reply, 429, TOO_FAST)
      const there = exercise.engine.state().teams.some(({ id }) => id === team)
      const diff = there ? await exercise.changes(team, service) : null
      return diff === null ? refuse(reply, 503, exercise.record ? GONE : NONE) : { diff }
    },
  )
}

const NOT_YOURS = refusal('not-your-team', 'A blue seat may see the changes of its own team only.')
const NONE = refusal(
  'no-changes',
  'The sources of this service can not be read now. See whether the team and the service are right, and the enclave stands.',
)
const GONE = refusal('record', 'The sources went with the enclaves of this exercise.')
