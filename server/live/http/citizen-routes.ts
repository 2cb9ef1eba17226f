import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { SeatInfo } from '../../exercise/wire/protocol.ts'
import { type CitizenView, hostnameOf } from '../citizen/citizen-view.ts'
import { entranceOf } from '../citizen/serve.ts'
import { signInByCard } from '../citizen/sign-in-card.ts'
import { standing, type Visitor } from '../citizen/visitors.ts'
import { TOO_FAST } from '../give-command.ts'
import { rateLimitPerAddress } from '../rate.ts'
import { refusal } from '../wire.ts'
import { bySeat, type Routes, refused } from './api-document.ts'
import {
  citizenOpen,
  citizenPerson,
  citizenStart,
  entranceResponse,
  signedInResponse,
  standingResponse,
  visitorResponse,
} from './citizen-schema.ts'
import { refuse } from './http-refusals.ts'
import { keyOf, known } from './of-seat.ts'
import type { RequestSeats } from './request-seat.ts'

export interface CitizenRouteOptions {
  readonly asks: RequestSeats
  readonly name: string
  readonly params?: z.ZodObject
  readonly view: CitizenView
  /** Where people reach the platform when that is not where they say they do: behind a proxy. */
  readonly publicUrl: string | null
}

/** The host by which people reach the ports of services. */
export const reachedAt = (publicUrl: string | null, host: string): string =>
  publicUrl === null ? hostnameOf(host) : new URL(publicUrl).hostname

/** Of one seat; each may be a request to a service. */
const PER_SECOND = 5
const AT_ONCE = 40

/** A team's state as its citizens see it: who may look, where, and as whom. The pages themselves come from other ports. */
export const citizenRoutes: Routes<CitizenRouteOptions> = async (
  app,
  { asks, name, params, view, publicUrl },
) => {
  const ask = rateLimitPerAddress(PER_SECOND, AT_ONCE)
  app.addHook('onRequest', asks.exerciseOf)
  const about = (operation: string, summary: string, of: z.ZodObject = z.object({})) => ({
    operationId: `${name}citizen-${operation}`,
    summary,
    security: bySeat.security,
    params: (params ?? z.object({})).extend(of.shape),
  })
  const refusals = {
    400: refused('A request that is no good.'),
    403: refused('Not the state of this seat’s team.'),
    409: refused('There is no enclave to be visited now, or no such visit.'),
    503: refused('There is no port free for it.'),
    ...bySeat.refusals,
  }
  const ofVisit = z.object({ visitor: z.string().regex(/^[0-9a-f]{32}$/) })
  const fast = (served: Parameters<typeof keyOf>[0], seat: SeatInfo | null) =>
    !ask.take(keyOf(served, known(seat)))

  app.post(
    '/citizen',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('begin', 'Begins a visit to a team’s state as a citizen. White, and blue for its own team'),
        body: citizenStart,
        response: { 200: visitorResponse.describe('The visit.'), ...refusals },
      },
    },
    async ({ served, seat, untilWall, body: { team, lang }, headers: { host = '' } }, reply) => {
      const of = known(seat)
      if (of.seat !== 'white' && !(of.seat === 'blue' && of.team === team))
        return refuse(reply, 403, NOT_YOURS)
      if (fast(served, of)) return refuse(reply, 429, TOO_FAST)
      const { engine, citizens } = served.exercise
      if (!standing(served) || !engine.state().teams.some(({ id }) => id === team))
        return refuse(reply, 409, NO_ENCLAVE)
      const hostname = reachedAt(publicUrl, host)
      const visitor = view.visitors.open({
        ...{ served, seat: of, team, lang, untilWall },
        platform: publicUrl ?? `http://${host}`,
        originAt: (port) => view.originAt(hostname, port),
      })
      if (!visitor) return refuse(reply, 503, NO_ROOM)
      return { visitor: visitor.id, services: citizens.services, people: await citizens.people(team) }
    },
  )

  const entrance = (visitor: Visitor, service: string, path: string): string | null => {
    const origin = visitor.addresses.originOf(service)
    return origin === undefined ? null : entranceOf(origin, view.visitors.ticket(visitor, service, path))
  }
  const gone = (reply: FastifyReply) => refuse(reply, 409, NO_VISIT)

  app.post(
    '/citizen/:visitor/open',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('open', 'An address that opens a page of a service once, in a frame', ofVisit),
        body: citizenOpen,
        response: { 200: entranceResponse.describe('The address.'), ...refusals },
      },
    },
    async ({ served, seat, params, body: { service, path } }, reply) => {
      if (fast(served, seat)) return refuse(reply, 429, TOO_FAST)
      const visitor = view.visitors.find(ofVisit.parse(params).visitor, served, known(seat))
      if (!visitor) return gone(reply)
      const url = entrance(visitor, service, path)
      return url === null ? refuse(reply, 409, NO_SERVICE) : { url }
    },
  )
  app.post(
    '/citizen/:visitor/sign-in',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('sign-in', 'Signs in to a service as a citizen, with their card; or out of all', ofVisit),
        body: citizenPerson,
        response: { 200: signedInResponse.describe('Where it led, or why not.'), ...refusals },
      },
    },
    async ({ served, seat, params, body: { service, person } }, reply) => {
      if (fast(served, seat)) return refuse(reply, 429, TOO_FAST)
      const visitor = view.visitors.find(ofVisit.parse(params).visitor, served, known(seat))
      if (!visitor) return gone(reply)
      if (visitor.addresses.originOf(service) === undefined) return refuse(reply, 409, NO_SERVICE)
      if (person === null) {
        visitor.jar.clear()
        visitor.person = null
        return { ok: true as const, service, path: '/' }
      }
      return signInByCard(view.visit, visitor, service, person)
    },
  )
  app.get(
    '/citizen/:visitor',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('standing', 'The page that a visit has before it', ofVisit),
        response: { 200: standingResponse.describe('The page.'), ...refusals },
      },
    },
    async ({ served, seat, params }, reply) => {
      const visitor = view.visitors.find(ofVisit.parse(params).visitor, served, known(seat))
      return visitor ? { at: visitor.at, person: visitor.person } : gone(reply)
    },
  )
}

const NOT_YOURS = refusal('not-your-team', 'A blue seat may visit the state of its own team only.')
const NO_ENCLAVE = refusal('no-enclave', 'There is no enclave to be visited: it stands from deploy to end.')
const NO_VISIT = refusal('no-visit', 'This visit is over. Begin a new one.')
const NO_SERVICE = refusal('no-service', 'Citizens reach no service of this name.')
const NO_ROOM = refusal(
  'no-room',
  'All ports for citizens’ pages are given to other teams, which keep them until the platform is started again.',
)
