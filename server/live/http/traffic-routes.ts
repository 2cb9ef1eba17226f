import { z } from 'zod'
import { mayCommand } from '../../exercise/decide/authority.ts'
import { PERSON_HEADER } from '../../exercise/wire/person.ts'
import { TOO_FAST } from '../give-command.ts'
import { nameFromHeader } from '../person-schema.ts'
import { rateLimitPerAddress } from '../rate.ts'
import { actorOf } from '../seats.ts'
import { turnsOf } from '../turns.ts'
import { refusal } from '../wire.ts'
import { id } from '../wire-command.ts'
import { placeQuery } from '../wire-sources.ts'
import { bySeat, type Routes, refused } from './api-document.ts'
import { refuse, statusOf } from './http-refusals.ts'
import { keyOf, known, ownTeam } from './of-seat.ts'
import type { RequestSeats } from './request-seat.ts'

interface Options {
  readonly asks: RequestSeats
  readonly name: string
  readonly params?: z.ZodObject
}

/** Of one seat: each is a fact for ever. */
const PER_SECOND = 0.1
const AT_ONCE = 5
/** Of one seat: up to 10 MiB each. */
const FILES_PER_SECOND = 0.2
const FILES_AT_ONCE = 5

/** Of one team's recording at once; each keeps it, and a connection, for as long as this. */
const DOWNLOADS = 2
const DOWNLOAD_MS = 120_000

const teamQuery = z.strictObject({ team: id.describe('The team.') })
const standing = z.object({ service: z.string(), running: z.boolean(), bytes: z.number().nullable() })

/** Recordings of the traffic of a team's services: white, and blue for its own team. */
export const trafficRoutes: Routes<Options> = async (app, { asks, name, params }) => {
  const starts = rateLimitPerAddress(PER_SECOND, AT_ONCE)
  const files = rateLimitPerAddress(FILES_PER_SECOND, FILES_AT_ONCE)
  const underWay = turnsOf(DOWNLOADS)
  const about = (operation: string, summary: string) => ({
    operationId: name + operation,
    summary: `${summary}. White, and blue for its own team`,
    ...(params && { params }),
    security: bySeat.security,
  })
  const refusals = { 403: refused('Another team’s.'), ...bySeat.refusals }
  app.post(
    '/traffic',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('record-traffic', 'Records the traffic of a service, for 60 seconds or 10 MiB'),
        body: placeQuery,
        response: {
          200: z.object({ ok: z.literal(true) }).describe('It is being recorded, and a fact.'),
          409: refused('One of the team is under way, or there is nothing to record.'),
          ...refusals,
        },
      },
    },
    async ({ served, seat, signedIn, headers, body }, reply) => {
      const of = known(seat)
      const may = mayCommand(of.seat, of.team, { type: 'record-traffic', data: body })
      if (may !== true) return refuse(reply, 403, may)
      if (!starts.take(keyOf(served, of))) return refuse(reply, 429, TOO_FAST)
      const { captures } = served.exercise
      if (!captures) return refuse(reply, 409, NONE)
      const said = headers[PERSON_HEADER]
      const who = signedIn ?? (typeof said === 'string' ? nameFromHeader(said) : null)
      const told = await captures.start(body.team, body.service, actorOf(of, who))
      return told.ok ? { ok: true as const } : refuse(reply, statusOf(told.refusal), told.refusal)
    },
  )
  app.get(
    '/traffic',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('traffic', 'The latest recording of a team'),
        querystring: teamQuery,
        response: { 200: standing.nullable().describe('Null: none.'), ...refusals },
      },
    },
    async ({ served, seat, query: { team } }, reply) => {
      if (!ownTeam(known(seat), team)) return refuse(reply, 403, NOT_YOURS)
      const latest = served.exercise.captures?.latest(team) ?? null
      return reply.send(
        latest && { service: latest.service, running: latest.running, bytes: latest.pcap?.length ?? null },
      )
    },
  )
  app.get(
    '/traffic/file',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('traffic-file', 'The latest recording of a team as a pcap file'),
        querystring: teamQuery,
        response: {
          200: z.string().describe('The file, always to be saved.'),
          ...refusals,
          404: refused('There is none.'),
        },
      },
    },
    async ({ served, seat, query: { team } }, reply) => {
      if (!ownTeam(known(seat), team)) return refuse(reply, 403, NOT_YOURS)
      if (!files.take(keyOf(served, known(seat)))) return refuse(reply, 429, TOO_FAST)
      const latest = served.exercise.captures?.latest(team)
      if (!latest?.pcap) return refuse(reply, 404, NONE)
      const key = JSON.stringify([served.exercise.engine.exerciseId, team])
      if (!underWay.take(key)) return refuse(reply, 429, TOO_FAST)
      const late = setTimeout(() => reply.raw.destroy(), DOWNLOAD_MS)
      reply.raw.once('close', () => {
        clearTimeout(late)
        underWay.give(key)
      })
      const { buffer, byteOffset, byteLength } = latest.pcap
      return (
        reply
          .header('content-type', 'application/vnd.tcpdump.pcap')
          .header('content-disposition', `attachment; filename="traffic.pcap"`)
          .header('x-content-type-options', 'nosniff')
          .serializer((bytes: unknown) => bytes as string)
          // A view: no copy for each who asks.
          .send(Buffer.from(buffer, byteOffset, byteLength))
      )
    },
  )
}

const NOT_YOURS = refusal('not-your-team', 'A blue seat may see recordings of its own team only.')
const NONE = refusal('no-recording', 'There is no recording, or no longer.')
