import type { Protocol } from '../../kit/protocol.ts'
import { errorResponse, XroadError } from './errors.ts'

/** What the kit refuses, as the message protocol says it. Messages are between client and provider: nobody looks into their bodies. */
export const messages: Protocol = {
  opaqueBody: true,
  say: (_, { status, message }) =>
    errorResponse(
      status < 500
        ? new XroadError('Client.BadRequest', message, 400)
        : new XroadError('Server.ServerProxy.InternalError', message),
    ),
}

/** The same where signed documents are handed out: plain text, as UG-SIGDOC 2.5 says. */
export const documents: Protocol = { say: (c, { status, message }) => c.text(message, status) }
