import { z } from 'zod'
import { mayCommand } from '../../exercise/decide/authority.ts'
import { PERSON_HEADER } from '../../exercise/wire/person.ts'
import { TOO_FAST } from '../give-command.ts'
import { nameFromHeader } from '../person-schema.ts'
import { rateLimitPerAddress } from '../rate.ts'
import { actorOf } from '../seats.ts'
import { readPublicKey } from '../ssh/public-key.ts'
import { refusal } from '../wire.ts'
import { id } from '../wire-command.ts'
import { bySeat, type Routes, refused } from './api-document.ts'
import { refuse, statusOf } from './http-refusals.ts'
import { keyOf, known } from './of-seat.ts'
import type { RequestSeats } from './request-seat.ts'

/** Where SSH is, and how clients know that it is this installation. */
export interface SshPlace {
  readonly port: number
  readonly fingerprint: string
}

interface Options {
  readonly asks: RequestSeats
  readonly name: string
  readonly params?: z.ZodObject
  /** Null: there is none. */
  readonly ssh: () => SshPlace | null
}

/** Of one seat: each is a fact for ever. */
const PER_SECOND = 0.2
const AT_ONCE = 20

const keyBody = z.strictObject({
  team: id.describe('The own team.'),
  key: z.string().max(4_000).describe('A line as in `id_ed25519.pub`.'),
})
const place = z.object({
  port: z.number(),
  fingerprint: z.string().describe('Of the host key, as `ssh` shows it.'),
})
const registered = z.object({ ok: z.literal(true), fingerprint: z.string() })

/** SSH for own tools: where it is, and public keys of a team's people. */
export const sshRoutes: Routes<Options> = async (app, { asks, name, params, ssh }) => {
  const rate = rateLimitPerAddress(PER_SECOND, AT_ONCE)
  const about = (operation: string, summary: string) => ({
    operationId: name + operation,
    summary,
    ...(params && { params }),
    security: bySeat.security,
  })
  app.get(
    '/ssh',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('ssh', 'Port and host key of SSH to teams’ services. Null where there is none'),
        response: { 200: place.nullable().describe('The place.'), ...bySeat.refusals },
      },
    },
    async (_, reply) => reply.header('cache-control', 'no-store').send(ssh()),
  )
  app.post(
    '/ssh/keys',
    {
      onRequest: asks.seatOf,
      schema: {
        ...about('register-key', 'Registers a public key of somebody of the own team. Blue'),
        description: 'It opens what the seat opens, until it is removed or the seat is revoked.',
        body: keyBody,
        response: {
          200: registered.describe('Registered, or known already.'),
          400: refused('No public key that opens anything here.'),
          403: refused('Not a seat of this team.'),
          409: refused('The team has too many keys, or the exercise has ended.'),
          ...bySeat.refusals,
        },
      },
    },
    async ({ served, seat, signedIn, headers, body }, reply) => {
      const of = known(seat)
      const key = readPublicKey(body.key)
      if (!key) return refuse(reply, 400, BAD_KEY)
      const command = { type: 'register-key', data: { team: body.team, ...key } } as const
      const may = mayCommand(of.seat, of.team, command)
      if (may !== true) return refuse(reply, 403, may)
      if (!rate.take(keyOf(served, of))) return refuse(reply, 429, TOO_FAST)
      const said = headers[PERSON_HEADER]
      const who = signedIn ?? (typeof said === 'string' ? nameFromHeader(said) : null)
      const told = await served.exercise.engine.submit(command, actorOf(of, who))
      return told.ok
        ? { ok: true as const, fingerprint: key.fingerprint }
        : refuse(reply, statusOf(told.refusal), told.refusal)
    },
  )
}

const BAD_KEY = refusal(
  'bad-key',
  'That is no public key that opens anything here: paste the line of an Ed25519, ECDSA or RSA key (3072 bits or more), as in id_ed25519.pub.',
)
