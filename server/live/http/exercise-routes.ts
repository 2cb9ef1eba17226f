import { z } from 'zod'
import type { EventLog } from '../../engine/ports/ports.ts'
import { publicExercise } from '../../exercise/views/public-exercise.ts'
import { PERSON_HEADER } from '../../exercise/wire/person.ts'
import { TOO_FAST } from '../give-command.ts'
import { BAD_NAME, nameFromHeader } from '../person-schema.ts'
import { rateLimitPerAddress } from '../rate.ts'
import { audienceOf } from '../seats.ts'
import { ledgerQuery, logsQuery, malformedAt, refusal, samplesQuery, wireCommand } from '../wire.ts'
import { bySeat, type Routes, refused } from './api-document.ts'
import { castRoutes } from './cast-routes.ts'
import { changesRoute } from './changes-route.ts'
import { refuse, statusOf } from './http-refusals.ts'
import { wallRange, withExerciseTime } from './log-times.ts'
import { keyOf, known, ownTeam } from './of-seat.ts'
import { recordingRoute } from './recording-route.ts'
import { reportRoutes } from './report-routes.ts'
import {
  commandResponse,
  exerciseResponse,
  ledgerResponse,
  logsResponse,
  samplesResponse,
} from './responses.ts'
import { type SeatRoutes, seatRoutes } from './seat-routes.ts'
import { sourceRoutes } from './source-routes.ts'
import { type SshPlace, sshRoutes } from './ssh-routes.ts'
import { trafficRoutes } from './traffic-routes.ts'

/** Of one seat: up to 5,000 positions each. */
const PAGES_PER_SECOND = 10
const PAGES_AT_ONCE = 50
/** Of one seat: each search runs a command in a container. */
const LOGS_PER_SECOND = 2
const LOGS_AT_ONCE = 10

export interface ExerciseRoutes extends Omit<SeatRoutes, 'params'> {
  /** Path of the exercise itself, under the prefix. */
  readonly self: '' | '/exercise'
  /** Begins the operation ids, which must all be different. */
  readonly name: '' | 'exercise-'
  /** Parameters of the prefix. */
  readonly params?: z.ZodObject
  readonly store: EventLog
  readonly ssh: () => SshPlace | null
}

/** What can be asked of one exercise. Registered for those that the path names, and once more for the current one. */
export const exerciseRoutes: Routes<ExerciseRoutes> = async (app, options) => {
  const { asks, store, name } = options
  const params = options.params ? { params: options.params } : {}
  const about = (operation: string, summary: string) => ({
    operationId: name + operation,
    summary,
    ...params,
  })
  app.addHook('onRequest', asks.exerciseOf)
  await castRoutes(app, options)
  await changesRoute(app, options)
  await recordingRoute(app, options)
  await sourceRoutes(app, options)
  await sshRoutes(app, options)
  await trafficRoutes(app, options)
  await reportRoutes(app, options)

  app.get(
    options.self,
    {
      schema: {
        ...about('exercise', 'The exercise as a guest may see it: phase, clock, scores, verdicts'),
        security: [],
        response: { 200: exerciseResponse.describe('The exercise.'), 404: bySeat.refusals[404] },
      },
    },
    ({ served: { exercise } }) => publicExercise(exercise.engine.state(), exercise.engine.atMs()),
  )
  const askPages = rateLimitPerAddress(PAGES_PER_SECOND, PAGES_AT_ONCE)
  app.get(
    '/ledger',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('ledger', 'Events after a cursor, cut to what the seat may know'),
        description: 'Ask again with the cursor you got until it no longer moves.',
        security: bySeat.security,
        querystring: ledgerQuery,
        response: {
          200: ledgerResponse.describe('Events in order.'),
          400: refused('A query that is no good.'),
          ...bySeat.refusals,
        },
      },
    },
    async ({ served, seat, query }, reply) => {
      if (!askPages.take(keyOf(served, known(seat)))) return refuse(reply, 429, TOO_FAST)
      const { position } = served.exercise.engine.state()
      return served.pages.page(audienceOf(known(seat)), query.after, position, query.limit)
    },
  )
  app.post(
    '/commands',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('command', 'Gives a command'),
        security: bySeat.security,
        headers: z.looseObject({
          [PERSON_HEADER]: z
            .string()
            .max(2_000)
            .optional()
            .describe(
              'Name of the person who gives it, percent-encoded. Who has signed in is known by the token.',
            ),
        }),
        body: wireCommand,
        response: {
          200: commandResponse.describe('Done and recorded.'),
          400: refused('Not a command of a known form.'),
          403: refused('The seat may not give this command.'),
          409: refused('The exercise does not allow it now, is a record, or it names what is not there.'),
          413: refused('More than 64 KiB.'),
          ...bySeat.refusals,
        },
      },
    },
    async ({ served, seat, signedIn, headers, body }, reply) => {
      const said = headers[PERSON_HEADER]
      const name = signedIn ?? (said === undefined ? null : nameFromHeader(said))
      if (said !== undefined && name === null) return refuse(reply, 400, malformedAt(PERSON_HEADER, BAD_NAME))
      const result = await served.give(known(seat), body, name)
      return result.ok ? result : refuse(reply, statusOf(result.refusal), result.refusal)
    },
  )
  app.get(
    '/samples',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about(
          'samples',
          'Raw results of the checks of one service, newest first. White, and blue for its own team',
        ),
        security: bySeat.security,
        querystring: samplesQuery,
        response: {
          200: samplesResponse.describe('The samples.'),
          400: refused('A query that is no good.'),
          403: refused('Samples of another team.'),
          ...bySeat.refusals,
        },
      },
    },
    async ({ served, seat, query }, reply) => {
      if (!ownTeam(known(seat), query.team)) return refuse(reply, 403, notYours('samples'))
      return { samples: await store.readSamples(served.exercise.engine.exerciseId, query) }
    },
  )
  const askLogs = rateLimitPerAddress(LOGS_PER_SECOND, LOGS_AT_ONCE)
  app.get(
    '/logs',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about(
          'logs',
          'Searches the logs of a team’s services, newest first. White, and blue for its own team',
        ),
        description:
          'Asks the log collector in the team’s enclave. Whoever is root there can change what it says.',
        security: bySeat.security,
        querystring: logsQuery,
        response: {
          200: logsResponse.describe('Lines.'),
          400: refused('A query that is no good.'),
          403: refused('Logs of another team.'),
          503: refused('There is no log collector, or it does not answer.'),
          ...bySeat.refusals,
        },
      },
    },
    async ({ served, seat, query: { team, ...search } }, reply) => {
      const { exercise } = served
      if (!ownTeam(known(seat), team)) return refuse(reply, 403, notYours('logs'))
      if (!askLogs.take(keyOf(served, known(seat)))) return refuse(reply, 429, TOO_FAST)
      const { from, to, ...asked } = search
      const state = exercise.engine.state()
      const range = wallRange(state, from, to)
      const page = await exercise.searchLogs(team, { ...asked, ...range })
      return page ? withExerciseTime(state, page) : refuse(reply, 503, exercise.record ? LOGS_GONE : NO_LOGS)
    },
  )
  const { codes, base, fault } = options
  app.register(seatRoutes, { asks, codes, base, name, fault, ...params })
}

const notYours = (what: string) =>
  refusal('not-your-team', `A blue seat may see the ${what} of its own team only.`)
const NO_LOGS = refusal(
  'no-logs',
  'The log collector of this team does not answer. See whether its service and the enclave stand.',
)
const LOGS_GONE = refusal('record', 'The logs went with the enclaves of this exercise; its ledger is here.')
