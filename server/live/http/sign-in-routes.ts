import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { networkOf } from '../network-of.ts'
import { rateLimitPerAddress } from '../rate.ts'
import type { FindServed } from '../served.ts'
import { openSignIn, type SignInSettings } from '../sign-in.ts'
import { id } from '../wire-command.ts'
import type { Routes } from './api-document.ts'

const CALLBACK = '/api/sign-in/callback'
const COOKIE = 'kilp-sign-in'
/** How long a seat stays open to who has signed in: longer than any day of an exercise. */
const SESSION_MS = 24 * 3_600_000
/** Of one address, behind which a whole hall may sit: each asks the provider, or waits for it. */
const PER_SECOND = 20
const AT_ONCE = 500

export interface SignInRoutes {
  readonly signIn: SignInSettings
  readonly find: FindServed
  readonly base: () => string
  readonly fault: (what: string, error: unknown) => void
}

const anything = z.unknown().describe('To the provider, or back to the pages.')

/** Sign-in with the organisation's accounts: to the provider, and back with a seat. Both are addresses that a browser goes to. */
export const signInRoutes: Routes<SignInRoutes> = async (app, options) => {
  const { find, base, fault } = options
  const signIn = openSignIn(options.signIn, () => base() + CALLBACK)
  const limit = rateLimitPerAddress(PER_SECOND, AT_ONCE)
  const cookie = (value: string, seconds: number) =>
    `${COOKIE}=${value}; Path=/api/sign-in; HttpOnly; SameSite=Lax; Max-Age=${seconds}${base().startsWith('https:') ? '; Secure' : ''}`
  /** Back to the start page, which says why. */
  const turnAway = (reply: FastifyReply, code: string, exercise: string | undefined) =>
    reply.redirect(
      `${base()}/#/${exercise === undefined ? '' : `e/${encodeURIComponent(exercise)}`}?refused=${code}`,
    )

  app.get(
    '/api/sign-in',
    {
      schema: {
        operationId: 'sign-in',
        summary: 'Sends a browser to the organisation’s OpenID Connect provider',
        security: [],
        querystring: z.object({
          exercise: id.optional().describe('Id of an exercise; else the current one.'),
        }),
        response: { 302: anything },
      },
    },
    async ({ ip, query: { exercise } }, reply) => {
      if (!limit.take(networkOf(ip))) return turnAway(reply, 'too-fast', exercise)
      try {
        const { to, key } = await signIn.begin(exercise)
        return reply.header('set-cookie', cookie(key, 600)).redirect(to)
      } catch (error) {
        fault('sign-in', error)
        return turnAway(reply, 'sign-in-no-provider', exercise)
      }
    },
  )

  app.get(
    CALLBACK,
    {
      schema: {
        operationId: 'sign-in-callback',
        summary: 'Where the provider sends the browser back to',
        security: [],
        response: { 302: anything },
      },
    },
    async (request, reply) => {
      if (!limit.take(networkOf(request.ip))) return turnAway(reply, 'too-fast', undefined)
      const key = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(request.headers.cookie ?? '')?.[1] ?? ''
      const query = new URL(request.url, 'http://localhost').searchParams
      try {
        const person = await signIn.finish(query, key)
        // What somebody else's page sent here ends no sign-in that is under way.
        if (person === 'sign-in-lost') return turnAway(reply, person, undefined)
        reply.header('set-cookie', cookie('', 0))
        if (person === 'sign-in-refused') return turnAway(reply, person, undefined)
        const { name, seats, exercise } = person
        const served = await find(exercise)
        if (!served) return turnAway(reply, 'no-such-exercise', undefined)
        const open = served.exercise.engine.state().seats.filter(({ revoked }) => !revoked)
        for (const { seat, team } of seats) {
          const found = open.find((one) => one.seat === seat && one.team === team)
          if (!found) continue
          const session = { ...(name !== null && { name }), untilWall: Date.now() + SESSION_MS }
          return reply.redirect(`${base()}/#/join/${served.seats.tokenOf(found, session)}`)
        }
        return turnAway(reply, seats.length === 0 ? 'sign-in-no-group' : 'sign-in-no-seat', exercise)
      } catch (error) {
        fault('sign-in', error)
        return turnAway(reply, 'sign-in-no-provider', undefined)
      }
    },
  )
}
