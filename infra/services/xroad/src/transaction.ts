import type { IncomingHttpHeaders } from 'node:http'
import { type ServiceCall, serviceId, subsystemId } from './identifiers.ts'
import type { Subsystem } from './members.ts'
import type { LogRecord } from './message-log.ts'
import type { SignedMessage } from './transport.ts'

export const headerOf = (headers: IncomingHttpHeaders, name: string): string => String(headers[name] ?? '')

/** The log record of a message. `headers` are those of the request, also for its response. */
export function logged(
  { message, signature }: SignedMessage,
  about: {
    readonly client: Subsystem
    readonly call: ServiceCall
    readonly headers: IncomingHttpHeaders
    readonly response: boolean
  },
): LogRecord {
  const { client, call, headers, response } = about
  return {
    at: new Date().toISOString(),
    messageId: headerOf(headers, 'x-road-id'),
    requestId: headerOf(headers, 'x-road-request-id'),
    response,
    client: subsystemId(client),
    service: serviceId(call.provider, call.serviceCode),
    userId: headerOf(headers, 'x-road-userid'),
    issue: headerOf(headers, 'x-road-issue'),
    message,
    signature,
  }
}
