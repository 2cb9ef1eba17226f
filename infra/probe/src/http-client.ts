import { isUtf8 } from 'node:buffer'
import http, { type IncomingHttpHeaders } from 'node:http'
import https from 'node:https'
import { clientCertificate, prepareClient } from './certificate.ts'
import type { CookieJar } from './cookies.ts'
import { exchange, HEADER_LIMIT } from './http-exchange.ts'
import { type Content, contentOf, headersOf } from './http-request.ts'
import { parseTarget, redirectTarget, type Target } from './http-target.ts'
import { type Reach, resolveTarget, sourceFor } from './networks.ts'
import { type HttpRequest, type Reply, StepFailure } from './steps.ts'

/** Who asks: one citizen, official or attacker of one run. */
export interface Actor {
  readonly cookies: CookieJar
  /** 0..1, chooses address and browser: stays the same for the actor in one run. */
  readonly choice: number
}

const agents = new Map<string, http.Agent>()

/** Connections are kept by source address and client key. Certificates of enclaves are their own, so none is checked. */
export function agentFor(protocol: Target['protocol'], key?: string): http.Agent {
  const id = `${protocol}${key ?? ''}`
  const known = agents.get(id)
  if (known) return known
  // Idle connections end before a server's usual five seconds do, so that hardly a request meets a closed one.
  const options = { keepAlive: true, maxFreeSockets: 64, timeout: 4_000 }
  const agent =
    protocol === 'https:'
      ? new https.Agent({ ...options, rejectUnauthorized: false, ...(key ? clientCertificate(key) : {}) })
      : new http.Agent(options)
  agents.set(id, agent)
  return agent
}

/** One request with its redirects (at most `redirects`), all inside `deadline` (performance.now() time). @throws StepFailure */
export async function sendHttp(
  request: HttpRequest,
  redirects: number,
  actor: Actor,
  reach: Reach,
  deadline: number,
): Promise<Reply> {
  const since = performance.now()
  if (request.key) await prepareClient(request.key)
  let target = parseTarget(request.url, request.query)
  let method = request.method.toUpperCase()
  let content = contentOf(request)
  for (let hop = 0; ; hop++) {
    const reply = await once(target, method, content, request, actor, reach, deadline).catch((error) => {
      throw hop > 0 ? misled(error) : error
    })
    const location = reply.headers.location
    if (redirects === 0 || !location || reply.status < 300 || reply.status > 399)
      return { ...reply, ms: performance.now() - since }
    if (hop >= redirects)
      throw new StepFailure('broken', {
        expected: `at most ${redirects} redirects`,
        received: `${reply.status}, still redirected to ${location}`,
        sent: reply.sent,
      })
    target = redirectTarget(location, target)
    // As browsers do: 303 always, 301 and 302 after a POST, turn into GET.
    if (reply.status === 303 || (method === 'POST' && reply.status < 303)) {
      method = 'GET'
      content = null
    }
  }
}

/** A service that sends its visitors outside the enclave does not do its work; that is not our fault. */
const misled = (error: unknown) =>
  error instanceof StepFailure && error.kind === 'fault' ? new StepFailure('broken', { ...error }) : error

async function once(
  target: Target,
  method: string,
  content: Content | null,
  request: HttpRequest,
  actor: Actor,
  reach: Reach,
  deadline: number,
): Promise<Reply> {
  const since = performance.now()
  const address = await resolveTarget(target.hostname, reach.networks)
  const source = sourceFor(address, reach, actor.choice)
  const cookie = actor.cookies.header(target)
  const options = {
    protocol: target.protocol,
    host: address,
    port: target.port,
    path: target.path,
    method,
    headers: headersOf(request, { target, method, content }, { choice: actor.choice, cookie }),
    agent: agentFor(target.protocol, request.key),
    maxHeaderSize: HEADER_LIMIT,
    setHost: false,
    ...(source && { localAddress: source }),
    ...(target.protocol === 'https:' && { servername: '' }),
  }
  const sent = sentOf(target, method, content, request)
  try {
    const { response, body, note } = await exchange(options, content?.body, deadline)
    actor.cookies.take(target, response.headers['set-cookie'] ?? [])
    const text = isUtf8(body)
    const notes = text ? note : `${note} body is not valid UTF-8, here in base64`.trim()
    return {
      status: response.statusCode ?? 0,
      headers: flat(response.headers),
      body: body.toString(text ? 'utf8' : 'base64'),
      sent,
      ms: performance.now() - since,
      note: notes,
    }
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error
    throw new StepFailure(error.kind, { ...error, sent })
  }
}

const flat = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join('\n') : (value ?? ''),
    ]),
  )

/** For the evidence: what the author asked for, without what authenticates. */
function sentOf(target: Target, method: string, content: Content | null, request: HttpRequest): string {
  const own = Object.entries(request.headers ?? {}).map(
    ([name, value]) => `\n${name}: ${/^(authorization|cookie)$/i.test(name) ? '***' : value}`,
  )
  return `${method} ${target.href}${own.join('')}${content ? `\n\n${content.body}` : ''}`
}
