import { Agent } from 'node:https'
import { connect, createSecureContext } from 'node:tls'
import { carriesKey, type Identity, selfSigned } from './certificates.ts'
import { type HttpReply, httpRequest } from './http-request.ts'
import { instanceOf, isSubsystem, SECURITY_SERVERS, type SubsystemName, subsystemId } from './members.ts'
import { environment } from './secrets.ts'

export interface XroadCall {
  /** `subsystem/service` of a member of either instance, e.g. `population/persons`. */
  readonly service: string
  /** Path and query under the service, percent-encoded, e.g. `/49001011234/family`. */
  readonly path?: string
  /** Default GET. */
  readonly method?: string
  readonly json?: unknown
  /** Who acts: a personal code of Meremaa, or a code with its country in front (`JP123456789018`). */
  readonly user?: string
  /** Why: the number of the case or application. */
  readonly issue?: string
  readonly acceptLanguage?: string
}

export interface XroadReply extends HttpReply {
  /** Type of X-Road's own error, e.g. `Server.ServerProxy.AccessDenied`; null when the provider itself answered. */
  readonly xroadError: string | null
  /** The JSON body. Throws SyntaxError when it is none. */
  json(): unknown
}

export type XroadClient = (call: XroadCall) => Promise<XroadReply>

/**
 * A client of the security server of the subsystem's own instance (`xroad`, in Japan `xroad-jp`), as `subsystem`. Needs
 * XROAD_CLIENT_KEY (own private key) and XROAD_SERVER_KEY (`{{public-key:xroad}}` or `{{public-key:xroad-jp}}`). Calls reject on network errors and after 10 s; error statuses are replies.
 */
export function openXroadClient(subsystem: SubsystemName | (string & {})): XroadClient {
  if (!isSubsystem(subsystem))
    throw new Error(`${subsystem} is no member of X-Road: its service.yaml says \`member:\``)
  const agent = pinnedAgent(
    selfSigned(environment('XROAD_CLIENT_KEY'), subsystem),
    environment('XROAD_SERVER_KEY'),
  )
  const client = subsystemId(subsystem)
  const server = SECURITY_SERVERS[instanceOf(subsystem)]
  return async ({ service, path = '', method = 'GET', json, user, issue, acceptLanguage }) => {
    const [provider = '', code = ''] = service.split('/')
    if (!isSubsystem(provider)) throw new Error(`${provider} is not a subsystem of X-Road`)
    const body = json === undefined ? undefined : Buffer.from(JSON.stringify(json))
    const reply = await httpRequest({
      url: `https://${server}/r1/${subsystemId(provider)}/${encodeURIComponent(code)}${path}`,
      method,
      agent,
      timeoutMs: 10_000,
      headers: {
        'x-road-client': client,
        accept: 'application/json',
        ...(user ? { 'x-road-userid': /^[A-Z]{2}/.test(user) ? user : `EE${user}` } : {}),
        ...(issue ? { 'x-road-issue': issue } : {}),
        ...(acceptLanguage ? { 'accept-language': acceptLanguage } : {}),
        ...(body ? { 'content-type': 'application/json', 'content-length': body.length } : {}),
      },
      ...(body ? { body } : {}),
    })
    const error = reply.headers['x-road-error']
    return {
      ...reply,
      xroadError: typeof error === 'string' ? error : null,
      json: () => JSON.parse(reply.body.toString('utf8')),
    }
  }
}

/** TLS to one server that is known by its public key; nothing is sent before the key is checked. */
export function pinnedAgent(identity: Identity, serverKey: string): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 8, timeout: 15_000 })
  // Once, and not for each connection: key and certificate are read then.
  const secureContext = createSecureContext(identity)
  agent.createConnection = ({ host, port }, created) => {
    const socket = connect({
      secureContext,
      host: host ?? 'xroad',
      port: Number(port),
      servername: host ?? 'xroad',
      rejectUnauthorized: false,
    })
    const fail = (error: Error): void => created?.(error, socket)
    socket.once('error', fail)
    socket.once('secureConnect', () => {
      socket.off('error', fail)
      const certificate = socket.getPeerX509Certificate()
      if (certificate && carriesKey(certificate, serverKey)) created?.(null, socket)
      else fail(new Error(`${host} shows another key than it should have`))
    })
    return undefined
  }
  return agent
}
