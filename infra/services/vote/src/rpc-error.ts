import type { Protocol } from '../../kit/protocol.ts'

/** Error codes of the protocol, as IVXV names them. */
export type RpcCode =
  | 'BAD_CERTIFICATE'
  | 'BAD_REQUEST'
  | 'IDENTITY_MISMATCH'
  | 'INELIGIBLE_VOTER'
  | 'INTERNAL_SERVER_ERROR'
  | 'OUTDATED_CHOICES'
  | 'UNAUTHENTICATED'
  | 'VOTER_TOO_YOUNG'
  | 'VOTING_END'

/** A request that the protocol refuses. The code goes to the client, the message to the log. */
export class RpcError extends Error {
  override name = 'RpcError'
  readonly code: RpcCode
  constructor(code: RpcCode, message: string) {
    super(message)
    this.code = code
  }
}

/** What the kit refuses, as the protocol says it: the code alone. */
export const rpc: Protocol = {
  say(c, { status, message }) {
    console.error(`rpc: ${message}`)
    const error: RpcCode = status < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR'
    return c.json({ id: null, error, result: null }, status)
  },
}
