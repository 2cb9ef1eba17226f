import { createHmac } from 'node:crypto'
import type { Context } from 'hono'
import { environment, sameSecret } from '../../kit/secrets.ts'

/** A service that may use the REST interface. */
export interface SigaClient {
  readonly uuid: string
  readonly name: string
}

const CLIENTS: readonly (SigaClient & { readonly key: string })[] = [
  { uuid: '5f3c1b6e-2a0d-4c8e-9b1a-3d2e7f605a41', name: 'Rannalinn Library', key: 'SIGA_LIBRARY' },
]
const CLOCKS_SECONDS = 60
/** Values of `X-Authorization-Hmac-Algorithm` (SiGa, Authorization); the first is meant where the header is missing. */
const HASHES: Readonly<Record<string, string>> = {
  HmacSHA256: 'sha256',
  HmacSHA384: 'sha384',
  HmacSHA512: 'sha512',
}

/**
 * Who sent a request, by the headers `X-Authorization-ServiceUUID`, `-Timestamp` (seconds), `-Hmac-Algorithm` and `-Signature`: hex HMAC with the
 * service's secret over `uuid:timestamp:METHOD:path:body`. Null when it is nobody known.
 */
export function sigaClient(c: Context, body: string): SigaClient | null {
  const header = (name: string): string => c.req.header(`x-authorization-${name}`) ?? ''
  const client = CLIENTS.find(({ uuid }) => uuid === header('serviceuuid'))
  const timestamp = header('timestamp')
  if (!client || Math.abs(Date.now() / 1000 - Number(timestamp)) > CLOCKS_SECONDS) return null
  if (!/^\d{10}$/.test(timestamp)) return null
  const algorithm = header('hmac-algorithm') || 'HmacSHA256'
  const hash = Object.hasOwn(HASHES, algorithm) ? HASHES[algorithm] : undefined
  if (!hash) return null
  const { pathname, search } = new URL(c.req.url)
  const message = [client.uuid, timestamp, c.req.method, pathname + search, body].join(':')
  const expected = createHmac(hash, environment(client.key)).update(message).digest('hex')
  return sameSecret(header('signature').toLowerCase(), expected) ? client : null
}
