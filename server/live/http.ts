import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Engine } from '../engine/engine.ts'
import type { EventLog, LogPage, LogSearch } from '../engine/ports.ts'
import type { Refusal } from '../exercise/decide/commands.ts'
import { publicExercise } from '../exercise/views/public-exercise.ts'
import type { CommandReply, SeatInfo } from '../exercise/wire/protocol.ts'
import { openPages } from './audience-feed.ts'
import { type GiveCommand, TOO_FAST } from './give-command.ts'
import { openApiDocument } from './openapi.ts'
import { type AddressLimit, rateLimitPerAddress } from './rate.ts'
import { audienceOf, type Seats } from './seats.ts'
import { SECURITY_HEADERS } from './security-headers.ts'
import { FAULT, ledgerQuery, logsQuery, malformed, refusal, samplesQuery, wireCommand } from './wire.ts'

const BODY_BYTES = 64 * 1024
const HEADER_BYTES = 16 * 1024
const REQUEST_MS = 15_000
/** A client that takes nothing of its answer is let go. */
const IDLE_MS = 30_000
/** Of one seat: up to 5,000 positions each. */
const PAGES_PER_SECOND = 10
const PAGES_AT_ONCE = 50
/** Of one seat: each search runs a command in a container. */
const LOGS_PER_SECOND = 2
const LOGS_AT_ONCE = 10

export interface HttpOptions {
  readonly engine: Engine
  readonly seats: Seats
  readonly give: GiveCommand
  readonly store: EventLog
  readonly failures: AddressLimit
  readonly allowed: (host: string | undefined, origin: string | undefined) => boolean
  /** Where people reach this server, for join links. */
  readonly base: () => string
  /** Built web pages. */
  readonly webDir: string
  readonly version: string
  readonly fault: (what: string, error: unknown) => void
  /** Searches a team's logs; null when its collector does not answer. */
  readonly logs: (team: string, search: LogSearch) => Promise<LogPage | null>
}

/** The HTTP interface and the web pages. Not listening yet: socket.io joins the same server first. */
export function openHttp(options: HttpOptions): FastifyInstance {
  const { engine, seats } = options
  const app = fastify({
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    connectionTimeout: IDLE_MS,
    http: { maxHeaderSize: HEADER_BYTES, headersTimeout: REQUEST_MS },
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 500 },
  })
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS)
    if (!options.allowed(request.headers.host, request.headers.origin)) return refuse(reply, 403, WRONG_SITE)
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
  })

  app.get('/healthz', () => ({ ok: true, exercise: engine.exerciseId, phase: engine.state().phase }))
  app.get('/api/exercise', () => publicExercise(engine.state(), engine.atMs()))
  const document = openApiDocument(options.version)
  app.get('/api/openapi.json', () => document)

  const pages = openPages(engine)
  const askPages = rateLimitPerAddress(PAGES_PER_SECOND, PAGES_AT_ONCE)
  app.get('/api/ledger', async (request, reply) => {
    const seat = seatOf(request, reply, options)
    if (!seat) return reply
    const query = ledgerQuery.safeParse(request.query)
    if (!query.success) return refuse(reply, 400, malformed(query.error))
    const { after, limit } = query.data
    if (!askPages.take(seat.seatId)) return refuse(reply, 429, TOO_FAST)
    return pages.page(audienceOf(seat), after, engine.state().position, limit)
  })
  app.post('/api/commands', async (request, reply) => {
    const seat = seatOf(request, reply, options)
    if (!seat) return reply
    const command = wireCommand.safeParse(request.body)
    if (!command.success) return refuse(reply, 400, malformed(command.error))
    const result: CommandReply = await options.give(seat, command.data)
    return result.ok ? result : refuse(reply, statusOf(result.refusal), result.refusal)
  })
  app.get('/api/samples', async (request, reply) => {
    const seat = seatOf(request, reply, options)
    if (!seat) return reply
    const query = samplesQuery.safeParse(request.query)
    if (!query.success) return refuse(reply, 400, malformed(query.error))
    if (!ownTeam(seat, query.data.team))
      return refuse(
        reply,
        403,
        refusal('not-your-team', 'A blue seat may see the samples of its own team only.'),
      )
    return { samples: await options.store.readSamples(engine.exerciseId, query.data) }
  })
  const askLogs = rateLimitPerAddress(LOGS_PER_SECOND, LOGS_AT_ONCE)
  app.get('/api/logs', async (request, reply) => {
    const seat = seatOf(request, reply, options)
    if (!seat) return reply
    const query = logsQuery.safeParse(request.query)
    if (!query.success) return refuse(reply, 400, malformed(query.error))
    const { team, ...search } = query.data
    if (!ownTeam(seat, team))
      return refuse(
        reply,
        403,
        refusal('not-your-team', 'A blue seat may read the logs of its own team only.'),
      )
    if (!askLogs.take(seat.seatId)) return refuse(reply, 429, TOO_FAST)
    const page = await options.logs(team, search)
    return page ?? refuse(reply, 503, NO_LOGS)
  })
  app.get('/api/seats', async (request, reply) => {
    const seat = seatOf(request, reply, options)
    if (!seat) return reply
    if (seat.seat !== 'white')
      return refuse(reply, 403, refusal('not-allowed', 'Only the white seat may see the join links.'))
    return { seats: seats.links(options.base()) }
  })

  servePages(app, options.webDir)
  app.setErrorHandler((error, _, reply) => answerError(error, reply, options.fault))
  return app
}

const ownTeam = (seat: SeatInfo, team: string): boolean =>
  seat.seat === 'white' || (seat.seat === 'blue' && seat.team === team)

const NO_LOGS = refusal(
  'no-logs',
  'The log collector of this team does not answer. See whether its service and the enclave stand.',
)
const WRONG_SITE = refusal(
  'wrong-site',
  'This request names another host than this server. Open the address that the platform printed, or set KILP_HOST.',
)
const NO_TOKEN = refusal('no-token', 'Send the token of a seat: `Authorization: Bearer TOKEN`.')
const TOO_MANY = refusal('too-many-failures', 'Too many tokens that are no good. Wait a minute.')

function refuse(reply: FastifyReply, status: number, why: Refusal): FastifyReply {
  return reply.code(status).send({ ok: false, refusal: why })
}

/** The seat that asks, or null when the reply has been sent. */
function seatOf(request: FastifyRequest, reply: FastifyReply, options: HttpOptions): SeatInfo | null {
  const token = /^Bearer ([\w.-]{1,2000})$/i.exec(request.headers.authorization ?? '')?.[1]
  const entered = token === undefined ? null : options.seats.enter(token)
  if (entered?.ok) return entered.seat
  reply.header('www-authenticate', 'Bearer realm="kilp"')
  if (entered && !options.failures.take(request.ip)) refuse(reply, 429, TOO_MANY)
  else refuse(reply, 401, entered?.refusal ?? NO_TOKEN)
  return null
}

function statusOf({ code }: Refusal): number {
  if (code === TOO_FAST.code) return 429
  return code === 'not-allowed' || code === 'not-your-team' ? 403 : 409
}

function servePages(app: FastifyInstance, webDir: string): void {
  const index = join(webDir, 'index.html')
  app.register(fastifyStatic, {
    root: webDir,
    cacheControl: false,
    // A page must never be older than the server it talks to; assets carry a hash of their content in their name.
    setHeaders: (reply, path) => {
      const hashed = path.startsWith(join(webDir, 'assets'))
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.setNotFoundHandler((request, reply) => {
    const page = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    if (!page || request.url.startsWith('/api/'))
      return refuse(
        reply,
        404,
        refusal('not-found', 'There is nothing here. The interface is in /api/openapi.json.'),
      )
    if (!existsSync(index))
      return reply
        .code(503)
        .type('text/plain')
        .send('The web pages are not built yet: npm start builds them.')
    return reply.sendFile('index.html')
  })
}

function answerError(error: unknown, reply: FastifyReply, fault: HttpOptions['fault']): FastifyReply {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  if (status >= 400 && status < 500) {
    const message = error instanceof Error ? error.message : 'The request is no good.'
    return refuse(reply, status, refusal(status === 413 ? 'too-large' : 'malformed', message))
  }
  fault('http', error)
  return refuse(reply, 500, FAULT)
}
