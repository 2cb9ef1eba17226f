import { randomUUID } from 'node:crypto'

/** An error of X-Road itself. `Client.*` is 400, everything else 500, as PR-REST 4.6 says. */
export class XroadError extends Error {
  override name = 'XroadError'
  readonly type: string
  readonly status: 400 | 500
  constructor(type: string, message: string, status: 400 | 500 = 500) {
    super(message)
    this.type = type
    this.status = status
  }
}

/** The answer for an error: JSON `{type, message, detail}`, and the header that tells it from a provider's own error. */
export function errorResponse(error: unknown): Response {
  const known =
    error instanceof XroadError
      ? error
      : new XroadError('Server.ServerProxy.InternalError', 'The security server failed')
  const detail = randomUUID()
  console.error(`${known.type} ${detail} ${error instanceof XroadError ? error.message : String(error)}`)
  return Response.json(
    { type: known.type, message: known.message, detail },
    {
      status: known.status,
      headers: { 'content-type': 'application/json;charset=utf-8', 'x-road-error': known.type },
    },
  )
}
