import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Editor, Place, Sources } from '../../engine/sources.ts'
import { mayCommand } from '../../exercise/decide/authority.ts'
import { SOURCE_BYTES } from '../../exercise/scenario/source-path.ts'
import { PERSON_HEADER } from '../../exercise/wire/person.ts'
import type { SeatInfo } from '../../exercise/wire/protocol.ts'
import { TOO_FAST } from '../give-command.ts'
import { nameFromHeader } from '../person-schema.ts'
import { rateLimitPerAddress } from '../rate.ts'
import { actorOf } from '../seats.ts'
import type { Served } from '../served.ts'
import { refusal } from '../wire.ts'
import { placeQuery, saveBody, sourceQuery } from '../wire-sources.ts'
import { bySeat, type Routes, refused } from './api-document.ts'
import { refuse, statusOf } from './http-refusals.ts'
import { keyOf, known } from './of-seat.ts'
import type { RequestSeats } from './request-seat.ts'
import {
  conflictResponse,
  looksResponse,
  restartedResponse,
  savedResponse,
  sourceResponse,
  textsResponse,
  treeResponse,
} from './source-responses.ts'

/** Of all seats of a team, and of all white ones: each reads the sources of a container as the engine packs them. */
const READS_PER_SECOND = 3
const READS_AT_ONCE = 24
/** Of one seat: each is a fact for ever. */
const WRITES_PER_SECOND = 0.5
const WRITES_AT_ONCE = 10
/** Of one seat: asked again and again until all has been looked at; costs next to nothing. */
const LOOKS_PER_SECOND = 5
const LOOKS_AT_ONCE = 20
/** JSON may write a character in six. */
const BODY_BYTES = 3 * SOURCE_BYTES

interface Options {
  readonly asks: RequestSeats
  readonly name: string
  readonly params?: z.ZodObject
}

/** The sources of a team's service in its own container, to be read and changed: white, and blue for its own team. */
export const sourceRoutes: Routes<Options> = async (app, { asks, name, params }) => {
  const reads = rateLimitPerAddress(READS_PER_SECOND, READS_AT_ONCE)
  const writes = rateLimitPerAddress(WRITES_PER_SECOND, WRITES_AT_ONCE)
  const looks = rateLimitPerAddress(LOOKS_PER_SECOND, LOOKS_AT_ONCE)
  const about = (operation: string, summary: string) => ({
    operationId: name + operation,
    summary: `${summary}. White, and blue for its own team`,
    ...(params && { params }),
    security: bySeat.security,
  })
  const refusals = {
    400: refused('A query or body that is no good.'),
    403: refused('Sources of another team, or no seat that has any.'),
    503: refused('The container engine does not give the sources.'),
    ...bySeat.refusals,
  }
  /** The sources where this seat may have them, within its rate; else the answer is sent, and null. */
  const sourcesFor = (
    request: FastifyRequest,
    reply: FastifyReply,
    place: Place,
    rate: typeof reads,
  ): Sources | null => {
    const seat = known(request.seat)
    const { exercise } = request.served
    const data = { ...place, file: '', gone: false }
    const may = mayCommand(seat.seat, seat.team, { type: 'save-source', data })
    if (may !== true) refuse(reply, 403, may)
    else if (!rate.take(rate === reads ? readerOf(request.served, seat) : keyOf(request.served, seat)))
      refuse(reply, 429, TOO_FAST)
    else if (!exercise.sources) refuse(reply, 503, GONE)
    else if (!isHere(request, place)) refuse(reply, 404, NO_PLACE)
    else return exercise.sources
    return null
  }

  app.get(
    '/sources',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('sources', 'Files of a service’s sources, and which are others than at the start'),
        description:
          'As the container engine packs them: no tool in the container is asked, no link followed.',
        querystring: placeQuery,
        response: { 200: treeResponse.describe('The files by path.'), ...refusals },
      },
    },
    async (request, reply) => {
      const sources = sourcesFor(request, reply, request.query, reads)
      return sources ? ((await sources.tree(request.query)) ?? refuse(reply, 503, NONE)) : reply
    },
  )

  app.get(
    '/sources/file',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('source', 'One text file of a service’s sources, and what it was at the start'),
        querystring: sourceQuery,
        response: { 200: sourceResponse.describe('The file.'), ...refusals },
      },
    },
    async (request, reply) => {
      const { path, ...place } = request.query
      const sources = sourcesFor(request, reply, place, reads)
      return sources ? ((await sources.file(place, path)) ?? refuse(reply, 404, NO_FILE)) : reply
    },
  )

  app.get(
    '/sources/texts',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('source-texts', 'All text files of a service’s sources as they are now'),
        description:
          'To look for something in them: whoever asks searches, so that no pattern keeps the platform busy.',
        querystring: placeQuery,
        response: { 200: textsResponse.describe('The texts by path.'), ...refusals },
      },
    },
    async (request, reply) => {
      const sources = sourcesFor(request, reply, request.query, reads)
      return sources ? ((await sources.texts(request.query)) ?? refuse(reply, 503, NONE)) : reply
    },
  )

  app.put(
    '/sources/file',
    {
      bodyLimit: BODY_BYTES,
      onRequest: asks.seatOf,
      schema: {
        ...about('save-source', 'Saves, makes or deletes a text file of a service’s sources'),
        description:
          'Only over the text that you name by its hash: where somebody has changed it meanwhile, in a terminal or here, nothing is saved and you get what is there. Owner and mode stay.',
        body: saveBody,
        response: {
          200: savedResponse.describe('Saved and recorded.'),
          409: conflictResponse.describe('It was changed meanwhile, or can not be written now.'),
          413: refused('Too long.'),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const { team, service, ...of } = request.body
      const sources = sourcesFor(request, reply, { team, service }, writes)
      if (!sources) return reply
      const saved = await sources.save({ team, service }, of, editorOf(request))
      return saved.ok ? saved : reply.code(statusOf(saved.refusal)).send(saved)
    },
  )

  app.post(
    '/sources/restart',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('restart-app', 'Restarts a service’s own process, and has it looked at out of turn'),
        description: 'At most once in ten seconds of exercise time for each service.',
        body: placeQuery,
        response: {
          200: restartedResponse.describe('Restarted, well or not, and recorded.'),
          409: refused('Too soon after the last time, or not now.'),
          ...refusals,
        },
      },
    },
    async (request, reply) => {
      const sources = sourcesFor(request, reply, request.body, writes)
      if (!sources) return reply
      const done = await sources.restart(request.body, editorOf(request))
      return done.ok ? done : refuse(reply, statusOf(done.refusal), done.refusal)
    },
  )

  app.get(
    '/sources/looks',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('looks', 'Which looks at a service have been since its latest restart by the interface'),
        description: 'What each found is in the ledger: verdicts, and footholds that closed.',
        querystring: placeQuery,
        response: { 200: looksResponse.describe('By journey, and by attack that landed.'), ...refusals },
      },
    },
    async (request, reply) => {
      const sources = sourcesFor(request, reply, request.query, looks)
      return sources ? sources.looks(request.query) : reply
    },
  )
}

/** Reading fills the container that is read, and keeps the platform busy: more seats do not let a team do more of it. */
const readerOf = ({ exercise }: Served, { seat, team }: SeatInfo): string =>
  JSON.stringify([exercise.engine.exerciseId, seat, team])

const isHere = ({ served }: FastifyRequest, { team, service }: Place): boolean => {
  const { teams, scenario } = served.exercise.engine.state()
  return teams.some(({ id }) => id === team) && scenario.services.some(({ id }) => id === service)
}

function editorOf(request: FastifyRequest): Editor {
  const seat = known(request.seat)
  const said = request.headers[PERSON_HEADER]
  const name = request.signedIn ?? (typeof said === 'string' ? nameFromHeader(said) : null)
  return { seat: seat.seat, by: actorOf(seat, name) }
}

const NO_PLACE = refusal('not-found', 'There is no such team, or no such service.')
const NO_FILE = refusal('not-found', 'There is no such text file.')
const NONE = refusal('source-unreadable', 'The sources can not be read now. See whether the enclave stands.')
const GONE = refusal('record', 'The sources went with the enclaves of this exercise.')
