import { readFileSync } from 'node:fs'
import type { AddressInfo, Socket } from 'node:net'
import type { Exercises } from '../engine/platform/exercises.ts'
import type { EventLog } from '../engine/ports/ports.ts'
import type { Takeaway } from '../engine/ports/takeaway.ts'
import { type CitizenOptions, openCitizenView } from './citizen/citizen-view.ts'
import { openCodeGuesses } from './code-guesses.ts'
import { type KeyedOperator, openHttp } from './http/http.ts'
import { sameSite } from './http/same-site.ts'
import { openJoinCodes } from './join-codes.ts'
import { rateLimitPerAddress } from './rate.ts'
import type { JoinLink } from './seats.ts'
import { openServed } from './served.ts'
import type { SignInSettings } from './sign-in.ts'
import { openSocketServer } from './socket-server.ts'
import { openSshDoor, type SshOptions } from './ssh/ssh-door.ts'

export interface LiveOptions {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  /** Where people reach it when that is not where it listens: behind a proxy. Without a slash at its end. */
  readonly publicUrl?: string
  readonly webDir: string
  /** Where pages of services are shown as citizens see them; nowhere when not given. */
  readonly citizen?: CitizenOptions
  /** Own tools over SSH; nobody is let in so when not given. */
  readonly ssh?: SshOptions
  readonly exercises: Exercises
  readonly store: EventLog
  /** Opens and puts away over the interface, for who has the key; nobody when not given. */
  readonly operator?: KeyedOperator
  /** Exports and dumps over the interface; none when not given. */
  readonly takeaway?: Takeaway
  /** How people sign in with the organisation's accounts; they do not when not given. */
  readonly signIn?: SignInSettings
  /** A pino logger fits. */
  readonly log: { warn(fields: object, message: string): void }
  /** Bursts of events are gathered this long; 200 ms when not given. */
  readonly gatherMs?: number
  /** How long a terminal waits for its person to come back; 60 s when not given. */
  readonly terminalKeepMs?: number
}

export interface Live {
  /** Where people reach it, e.g. `http://127.0.0.1:4600`. */
  readonly url: string
  /** Where SSH is; null: nowhere. */
  readonly ssh: { readonly port: number; readonly fingerprint: string } | null
  /** Join links of all seats of an exercise that are not revoked; of the current one unless given. */
  seatLinks(exerciseId?: string): Promise<readonly JoinLink[]>
  close(): Promise<void>
}

/** The platform can not serve; says why and how to mend it. */
export class LiveProblem extends Error {
  override name = 'LiveProblem'
  readonly code: 'port-in-use' | 'port-not-allowed' | 'host-not-here'
  constructor(code: LiveProblem['code'], message: string, cause: unknown) {
    super(message, { cause })
    this.code = code
  }
}

/** Until a closing connection is cut. */
const FAREWELL_MS = 500

/** Serves HTTP, web pages and sockets for all exercises. @throws LiveProblem when the port or host can not be had. */
export async function openLive(options: LiveOptions): Promise<Live> {
  const { exercises, host, port } = options
  const fault = (what: string, error: unknown) =>
    options.log.warn({ error: error instanceof Error ? error.stack : String(error) }, `live: ${what} failed`)
  const citizen = options.citizen ? await openCitizenView(host, options.citizen, fault) : null
  const ourSite = sameSite(host, options.publicUrl)
  const shared = {
    exercises,
    find: openServed(exercises, options.store),
    fault,
    // What a team's page asks is not asked by ours, though both have one name.
    allowed: (asked: string | undefined, origin: string | undefined) =>
      ourSite(asked, origin) && !citizen?.isOrigin(origin, asked),
    failures: rateLimitPerAddress(1 / 3, 20),
    codes: openJoinCodes(options.store),
    guesses: openCodeGuesses(),
  }
  let url = ''
  const ssh = options.ssh
    ? await openSshDoor(host, { ...options.ssh, ...shared }).catch(async (error: unknown) => {
        await citizen?.close()
        throw problemOf(error, host, options.ssh?.port ?? 0, ['--ssh', 'KILP_SSH_PORT'])
      })
    : null
  const app = openHttp({
    ...shared,
    operator: options.operator ?? null,
    takeaway: options.takeaway ?? null,
    signIn: options.signIn ?? null,
    citizen,
    publicUrl: options.publicUrl ?? null,
    store: options.store,
    base: () => options.publicUrl ?? url,
    ssh: () => ssh && { port: ssh.port, fingerprint: ssh.fingerprint },
    webDir: options.webDir,
    version: ownVersion(),
  })
  await app.ready()
  const sockets = openSocketServer({
    ...shared,
    http: app.server,
    gatherMs: options.gatherMs ?? 200,
    terminalKeepMs: options.terminalKeepMs ?? 60_000,
    offersSignIn: options.signIn !== undefined,
  })
  const connections = new Set<Socket>()
  app.server.on('connection', (connection) => {
    connections.add(connection)
    connection.once('close', () => connections.delete(connection))
  })
  const close = async () => {
    // A client that takes nothing does not take a farewell either.
    const cut = setTimeout(() => {
      for (const connection of connections) connection.destroy()
    }, FAREWELL_MS)
    await sockets.close()
    await citizen?.close()
    await ssh?.close()
    await app.close()
    clearTimeout(cut)
  }
  try {
    await app.listen({ host, port })
  } catch (error) {
    await close()
    throw problemOf(error, host, port, ['--port', 'KILP_PORT'])
  }
  url = `http://${nameOf(host)}:${(app.server.address() as AddressInfo).port}`
  return {
    url,
    ssh,
    async seatLinks(exerciseId) {
      const served = await shared.find(exerciseId)
      return served?.seats.links(options.publicUrl ?? url).filter((link) => !link.revoked) ?? []
    },
    close,
  }
}

/** A name that a browser on this machine can open. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

function problemOf(
  error: unknown,
  host: string,
  port: number,
  [option, setting]: readonly [string, string],
): unknown {
  switch (error instanceof Error && 'code' in error ? error.code : null) {
    case 'EADDRINUSE':
      return new LiveProblem(
        'port-in-use',
        `Port ${port} of ${host} is in use, perhaps by another Kilp. Stop that, or take another with ${option} or ${setting}.`,
        error,
      )
    case 'EACCES':
      return new LiveProblem(
        'port-not-allowed',
        `This user may not use port ${port}. Take one above 1023.`,
        error,
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new LiveProblem('host-not-here', `${host} is no address of this machine. Mend KILP_HOST.`, error)
    default:
      return error
  }
}

/** Of this Kilp. */
export function ownVersion(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  return (JSON.parse(manifest) as { version: string }).version
}
