import type { onRequestHookHandler } from 'fastify'
import { refused } from './api-document.ts'
import type { RequestSeats } from './request-seat.ts'

/** Scenarios and ledgers are long to read and enclaves to remove, and nothing is said meanwhile: the connection is not idle. */
const patient: onRequestHookHandler = (request, _, done) => {
  request.raw.socket.setTimeout(0)
  done()
}

/** What every path has that is for whoever runs the platform alone. */
export const operatorGuard = ({ operator }: Pick<RequestSeats, 'operator'>) => ({
  onRequest: [operator, patient],
  security: [{ operator: [] }],
  refusals: {
    400: refused('Not of the known form.'),
    401: refused('No key, or not that of this platform.'),
    429: refused('Too many keys that are no good came from this address.'),
  },
})
export type OperatorGuard = ReturnType<typeof operatorGuard>
