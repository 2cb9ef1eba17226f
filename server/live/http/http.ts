import fastify, { type FastifyInstance } from 'fastify'
import type { Comparisons } from '../../engine/platform/comparison.ts'
import type { Exercises } from '../../engine/platform/exercises.ts'
import type { Operator } from '../../engine/platform/operator.ts'
import type { Shelf } from '../../engine/platform/shelf.ts'
import type { EventLog } from '../../engine/ports/ports.ts'
import type { Takeaway } from '../../engine/ports/takeaway.ts'
import type { CitizenView } from '../citizen/citizen-view.ts'
import type { CodeGuesses } from '../code-guesses.ts'
import type { JoinCodes } from '../join-codes.ts'
import type { AddressLimit } from '../rate.ts'
import type { FindServed } from '../served.ts'
import type { SignInSettings } from '../sign-in.ts'
import { answerNoRequest } from '../too-many-cookies.ts'
import { exerciseParams, refusal } from '../wire.ts'
import { openDocument } from './api-document.ts'
import { citizenRoutes } from './citizen-routes.ts'
import { comparisonRoutes } from './comparison-routes.ts'
import { exerciseRoutes } from './exercise-routes.ts'
import { fileRoutes } from './file-routes.ts'
import { answerError, refuse } from './http-refusals.ts'
import { joinRoutes } from './join-routes.ts'
import { operatorGuard } from './operator-guard.ts'
import { platformRoutes } from './platform-routes.ts'
import { openRequestSeats } from './request-seat.ts'
import { healthResponse } from './responses.ts'
import { signInRoutes } from './sign-in-routes.ts'
import type { SshPlace } from './ssh-routes.ts'
import { dumpRoute, exportRoute } from './takeaway-routes.ts'
import { wallPageRoute } from './wall-page-route.ts'
import { secureHeaders, servePages } from './web-pages.ts'

const BODY_BYTES = 64 * 1024
const HEADER_BYTES = 16 * 1024
const HEADERS_MS = 15_000
/** The largest file, over a line of half a megabit a second. */
const REQUEST_MS = 90_000
/** A client that takes nothing of its answer is let go. */
const IDLE_MS = 30_000

/** The one who runs the platform, and the key by which it is known. */
export type KeyedOperator = Operator & {
  readonly key: string
  /** Of a dump alone: whoever has the home page's link has no dump by that. */
  readonly dumpKey: string
  readonly shelf: Shelf
  readonly comparisons: Comparisons
}

export interface HttpOptions {
  readonly exercises: Exercises
  readonly find: FindServed
  readonly operator: KeyedOperator | null
  readonly store: EventLog
  /** Null: nothing can be taken away. */
  readonly takeaway: Takeaway | null
  readonly failures: AddressLimit
  readonly codes: JoinCodes
  readonly guesses: CodeGuesses
  readonly allowed: (host: string | undefined, origin: string | undefined) => boolean
  /** Where people reach this server, for join links. */
  readonly base: () => string
  /** How people sign in with the organisation's accounts; null: they do not. */
  readonly signIn: SignInSettings | null
  /** The pages of services as citizens see them; null: nobody sees them. */
  readonly citizen: CitizenView | null
  readonly publicUrl: string | null
  /** Where SSH is; null: nowhere. */
  readonly ssh: () => SshPlace | null
  /** Built web pages. */
  readonly webDir: string
  readonly version: string
  readonly fault: (what: string, error: unknown) => void
}

/** The HTTP interface and the web pages. Not listening yet: socket.io joins the same server first. */
export function openHttp(options: HttpOptions): FastifyInstance {
  const { exercises, find, operator, store, base } = options
  const app = fastify({
    bodyLimit: BODY_BYTES,
    requestTimeout: REQUEST_MS,
    connectionTimeout: IDLE_MS,
    http: { maxHeaderSize: HEADER_BYTES, headersTimeout: HEADERS_MS },
    forceCloseConnections: true,
    clientErrorHandler: answerNoRequest,
    routerOptions: { maxParamLength: 500 },
    // An address that is none never comes to a route or a hook.
    frameworkErrors: (_, __, reply) => {
      reply.header('x-content-type-options', 'nosniff')
      refuse(reply, 400, NO_ADDRESS)
    },
  })
  secureHeaders(app)
  app.addHook('onRequest', async (request, reply) => {
    if (!options.allowed(request.headers.host, request.headers.origin)) return refuse(reply, 403, WRONG_SITE)
    if ((request.routeOptions.url ?? request.url).startsWith('/api/'))
      reply.header('cache-control', 'no-store')
    // No name of ours has U+0000 in it, and no database takes it.
    if (/%00/.test(request.url)) return refuse(reply, 400, NO_ADDRESS)
    return
  })
  openDocument(app, options.version)

  const asks = openRequestSeats({
    ...options,
    operatorKey: operator?.key ?? null,
    dumpKey: operator?.dumpKey ?? null,
  })
  app.register(async (routes) => {
    routes.get(
      '/healthz',
      {
        schema: {
          operationId: 'health',
          summary: 'Whether the platform serves',
          security: [],
          response: { 200: healthResponse.describe('It does.') },
        },
      },
      async () => {
        const current = await find(undefined)
        const phase = current?.exercise.engine.state().phase ?? 'ended'
        return { ok: true, exercise: exercises.current, phase }
      },
    )
  })
  const { fault, codes, guesses } = options
  const shared = { asks, store, base, codes, fault, ssh: options.ssh }
  app.register(joinRoutes, { codes, find, base, guesses })
  if (options.signIn) app.register(signInRoutes, { signIn: options.signIn, find, base, fault })
  app.register(platformRoutes, { asks, exercises, operator, base })
  if (operator)
    app.register(comparisonRoutes, { guard: operatorGuard(asks), comparisons: operator.comparisons })
  app.register(exerciseRoutes, { ...shared, prefix: '/api', self: '/exercise', name: '' })
  app.register(exerciseRoutes, {
    ...shared,
    prefix: '/api/exercises/:exercise',
    self: '',
    name: 'exercise-',
    params: exerciseParams,
  })
  app.register(fileRoutes, { asks, store, prefix: '/api', name: '' })
  app.register(fileRoutes, {
    asks,
    store,
    prefix: '/api/exercises/:exercise',
    name: 'exercise-',
    params: exerciseParams,
  })
  if (options.takeaway) {
    const taking = { asks, takeaway: options.takeaway, idleMs: IDLE_MS }
    app.register(dumpRoute, taking)
    app.register(exportRoute, { ...taking, prefix: '/api', name: '' })
    const prefix = '/api/exercises/:exercise'
    app.register(exportRoute, { ...taking, prefix, name: 'exercise-', params: exerciseParams })
  }
  if (options.citizen) {
    const { citizen: view, publicUrl } = options
    app.register(citizenRoutes, { prefix: '/api', name: '', asks, view, publicUrl })
    app.register(wallPageRoute, { prefix: '/api', name: '', asks, view, publicUrl })
    const ofExercise = { prefix: '/api/exercises/:exercise', name: 'exercise-', params: exerciseParams }
    app.register(citizenRoutes, { ...ofExercise, asks, view, publicUrl })
    app.register(wallPageRoute, { ...ofExercise, asks, view, publicUrl })
  }
  servePages(app, options.webDir, (host) => options.citizen?.originsAt(host) ?? [])
  app.setErrorHandler((error, _, reply) => answerError(error, reply, options.fault))
  return app
}

const NO_ADDRESS = refusal(
  'malformed',
  'This address can not be read. The interface is in /api/openapi.json.',
)

const WRONG_SITE = refusal(
  'wrong-site',
  'This request names another host than this server. Open the address that the platform printed, or set KILP_HOST.',
)
