import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { XroadError } from './errors.ts'
import { passedHeaders } from './headers.ts'
import { type ServiceCall, serviceId, subsystemId } from './identifiers.ts'
import { SERVER_IDS, type Subsystem } from './members.ts'
import { forward } from './peers.ts'
import { answerRequest } from './provider.ts'
import { type RestMessage, readHead, restMessage } from './rest-message.ts'
import type { SecurityServer } from './security-server.ts'
import { signMessage } from './signature.ts'
import { headerOf, logged } from './transaction.ts'
import type { SignedMessage } from './transport.ts'

/** What a client of this instance asks. */
export interface ClientRequest {
  readonly client: Subsystem
  readonly call: ServiceCall
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/**
 * Carries one message to its provider, here or behind the security server of another instance, and the answer back. Both are signed and
 * logged before they go out. Throws XroadError.
 */
export async function exchange(asked: ClientRequest, server: SecurityServer): Promise<Response> {
  const { client, call, method } = asked
  const message = requestMessage(asked)
  const { headers } = readHead(message.head)
  const request = { message, signature: signMessage(message, server.signer) }
  await server.log.add(logged(request, { client, call, headers, response: false }))
  let answer: SignedMessage
  if (call.provider.instance === server.instance) {
    const response = await answerRequest({ client, call, method, headers, message })
    answer = { message: response, signature: signMessage(response, server.signer) }
  } else {
    const peer = server.peers.find(({ instance }) => instance === call.provider.instance)
    answer = await forward(peer, request)
  }
  await server.log.add(logged(answer, { client, call, headers, response: true }))
  return toResponse(answer.message)
}

/** The message as the provider will see it. */
function requestMessage({ client, call, method, headers, body }: ClientRequest): RestMessage {
  const asked = headerOf(headers, 'x-road-security-server')
  if (asked && asked !== SERVER_IDS[call.provider.instance]) {
    throw new XroadError(
      'Server.ClientProxy.InvalidSecurityServer',
      `Security server "SERVER:${asked}" not found`,
    )
  }
  const service = serviceId(call.provider, call.serviceCode)
  return restMessage(
    `${method} /r1/${service}${call.rest}`,
    {
      accept: 'application/json',
      ...passedHeaders(headers),
      'x-road-client': subsystemId(client),
      'x-road-id': headerOf(headers, 'x-road-id') || randomUUID(),
      'x-road-request-id': randomUUID(),
      'x-road-service': service,
    },
    body,
  )
}

function toResponse({ head, body }: RestMessage): Response {
  const { first, headers } = readHead(head)
  const out = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    for (const item of [value ?? []].flat()) out.append(name, item)
  }
  const status = Number(first)
  const empty = status === 204 || status === 304
  return new Response(empty ? null : new Uint8Array(body), { status, headers: out })
}
