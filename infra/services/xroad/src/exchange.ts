import { createHash, randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { type HttpReply, httpRequest } from '../../kit/http-request.ts'
import { environment } from '../../kit/secrets.ts'
import { XroadError } from './errors.ts'
import { type ServiceCall, serviceId, subsystemId } from './identifiers.ts'
import { SECURITY_SERVER, type Service, type Subsystem } from './members.ts'
import type { MessageLog } from './message-log.ts'

export interface Message {
  readonly client: Subsystem
  readonly call: ServiceCall
  readonly service: Service
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Hop-by-hop, and what would tell one side about the other's host (PR-REST 4.3). Lengths are set anew. */
const FILTERED = new Set(
  'connection keep-alive proxy-authenticate proxy-authorization te trailer transfer-encoding upgrade host user-agent server expect content-length'.split(
    ' ',
  ),
)
/** Set by the security server alone, whatever a client or provider wrote there. */
const OWN = new Set([
  'x-road-request-hash',
  'x-road-request-id',
  'x-road-service',
  'x-road-error',
  'x-provider-token',
])

/** Carries one message to its provider and the answer back, logged before it goes out. Throws XroadError. */
export async function exchange(message: Message, log: MessageLog): Promise<Response> {
  const { client, call, service, method, body } = message
  const server = header(message.headers, 'x-road-security-server')
  if (server && server !== SECURITY_SERVER) {
    throw new XroadError(
      'Server.ClientProxy.InvalidSecurityServer',
      `Security server "SERVER:${server}" not found`,
    )
  }
  const requestId = randomUUID()
  const messageId = header(message.headers, 'x-road-id') || randomUUID()
  const path = `/r1/${serviceId(call.provider, call.serviceCode)}${call.rest}`
  const outgoing: OutgoingHttpHeaders = {
    accept: 'application/json',
    ...passed(message.headers),
    'x-road-client': subsystemId(client),
    'x-road-id': messageId,
    'x-road-request-id': requestId,
    'x-road-service': serviceId(call.provider, call.serviceCode),
  }
  const requestHash = messageHash(`${method} ${path}`, outgoing, body)
  const reply = await ask(service.url + call.rest, method, body, {
    ...outgoing,
    'x-provider-token': environment(`PROVIDER_TOKEN_${call.provider.subsystemCode.toUpperCase()}`),
    ...(body.length > 0 ? { 'content-length': body.length } : {}),
  })
  const headers = passed(reply.headers)
  await log.add({
    at: new Date().toISOString(),
    messageId,
    requestId,
    client: subsystemId(client),
    service: serviceId(call.provider, call.serviceCode),
    userId: header(message.headers, 'x-road-userid'),
    issue: header(message.headers, 'x-road-issue'),
    method,
    path,
    requestHash,
    status: reply.status,
    responseHash: messageHash(String(reply.status), headers, reply.body),
  })
  return toResponse(reply, {
    ...headers,
    'x-road-client': subsystemId(client),
    'x-road-service': serviceId(call.provider, call.serviceCode),
    'x-road-id': messageId,
    'x-road-request-id': requestId,
    'x-road-request-hash': requestHash,
  })
}

/** Base64 of SHA512(SHA512(head) + SHA512(body)), or SHA512(head) without a body. The head is a first line and the headers, sorted, a line each. */
export function messageHash(first: string, headers: OutgoingHttpHeaders, body: Buffer): string {
  const lines = Object.keys(headers)
    .sort()
    .map((name) => `${name}:${headers[name]}`)
  const head = sha512(Buffer.from([first, ...lines, ''].join('\r\n')))
  return (body.length > 0 ? sha512(Buffer.concat([head, sha512(body)])) : head).toString('base64')
}

const sha512 = (bytes: Buffer): Buffer => createHash('sha512').update(bytes).digest()

const header = (headers: IncomingHttpHeaders, name: string): string => String(headers[name] ?? '')

function passed(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = new Set((headers.connection ?? '').toLowerCase().split(/\s*,\s*/))
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !FILTERED.has(name) && !OWN.has(name) && !named.has(name)),
  )
}

async function ask(
  url: string,
  method: string,
  body: Buffer,
  headers: OutgoingHttpHeaders,
): Promise<HttpReply> {
  try {
    return await httpRequest({ url, method, headers, body, timeoutMs: 8000 })
  } catch (error) {
    throw new XroadError('Server.ServerProxy.NetworkError', `The provider did not answer: ${String(error)}`)
  }
}

function toResponse(reply: HttpReply, headers: OutgoingHttpHeaders): Response {
  const out = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const item of Array.isArray(value) ? value : [String(value)]) out.append(name, item)
  }
  const empty = reply.status === 204 || reply.status === 304
  return new Response(empty ? null : new Uint8Array(reply.body), { status: reply.status, headers: out })
}
