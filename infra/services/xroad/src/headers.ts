import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'

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

/** The headers that go on to the other side. */
export function passedHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = new Set((headers.connection ?? '').toLowerCase().split(/\s*,\s*/))
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !FILTERED.has(name) && !OWN.has(name) && !named.has(name)),
  )
}
