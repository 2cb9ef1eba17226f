import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { type HttpReply, httpRequest } from '../../kit/http-request.ts'
import { environment } from '../../kit/secrets.ts'
import { allowedService } from './access-rights.ts'
import { XroadError } from './errors.ts'
import { passedHeaders } from './headers.ts'
import { type ServiceCall, serviceId, serviceOf, subsystemId } from './identifiers.ts'
import type { Subsystem } from './members.ts'
import { allowedMethods, listMethods } from './metaservices.ts'
import { messageHash, type RestMessage, readHead, restMessage } from './rest-message.ts'

/** A request for a provider of this instance. */
export interface ProviderRequest {
  readonly client: Subsystem
  readonly call: ServiceCall
  readonly method: string
  /** Those of the message. */
  readonly headers: IncomingHttpHeaders
  readonly message: RestMessage
}

/** The provider's side: may the client ask this, then what the provider (or a metaservice) answers, as a message. Throws XroadError. */
export async function answerRequest(request: ProviderRequest): Promise<RestMessage> {
  const { client, call, headers, message } = request
  const reply = await replyTo(request)
  return restMessage(
    String(reply.status),
    {
      ...passedHeaders(reply.headers),
      'x-road-client': subsystemId(client),
      'x-road-service': serviceId(call.provider, call.serviceCode),
      'x-road-id': headers['x-road-id'],
      'x-road-request-id': headers['x-road-request-id'],
      'x-road-request-hash': messageHash(message),
    },
    reply.body,
  )
}

async function replyTo(request: ProviderRequest): Promise<HttpReply> {
  const { client, call, method } = request
  if (call.serviceCode === 'listMethods') return replyOf(listMethods(call.provider))
  if (call.serviceCode === 'allowedMethods') return replyOf(allowedMethods(client, call.provider))
  if (call.serviceCode === 'getOpenAPI') return ask(describedService(call).url, '/openapi.json', request)
  const path = call.rest.split('?')[0] ?? ''
  const service = allowedService(client, call.provider, call.serviceCode, method, path)
  return ask(service.url, call.rest, request)
}

/** The service whose description `getOpenAPI?serviceCode=` asks for. */
function describedService({ provider, rest }: ServiceCall) {
  const code = new URLSearchParams(rest.split('?')[1]).get('serviceCode') ?? ''
  const service = serviceOf(provider, code)
  if (service?.type === 'OPENAPI') return service
  throw new XroadError(
    'Server.ServerProxy.UnknownService',
    `No description: SERVICE:${serviceId(provider, code)}`,
  )
}

async function replyOf(response: Response): Promise<HttpReply> {
  const type = response.headers.get('content-type') ?? 'application/json'
  return {
    status: response.status,
    headers: { 'content-type': type },
    body: Buffer.from(await response.arrayBuffer()),
  }
}

/** Asks the provider's information system. It gets the message as it was signed, and the token by which it knows us. */
async function ask(
  base: string,
  path: string,
  { call, method, message }: ProviderRequest,
): Promise<HttpReply> {
  const headers: OutgoingHttpHeaders = {
    ...readHead(message.head).headers,
    'x-provider-token': environment(`PROVIDER_TOKEN_${call.provider.subsystemCode.toUpperCase()}`),
    ...(message.body.length > 0 ? { 'content-length': message.body.length } : {}),
  }
  try {
    return await httpRequest({ url: base + path, method, headers, body: message.body, timeoutMs: 8000 })
  } catch (error) {
    throw new XroadError('Server.ServerProxy.NetworkError', `The provider did not answer: ${String(error)}`)
  }
}
