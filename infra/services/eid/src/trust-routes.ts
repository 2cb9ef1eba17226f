import { Hono } from 'hono'
import type { Identity } from './authority.ts'
import type { TimeStampAuthority } from './time-stamp.ts'

/** Trust services over HTTP: the authorities' certificates and time-stamps (RFC 3161, 3.4). */
export function trustRoutes(parts: {
  readonly authority: Identity
  readonly timeStamper: Identity
  readonly stamp: TimeStampAuthority
}): Hono {
  const routes = new Hono()
  const certificate = (cert: string) => () =>
    new Response(cert, { headers: { 'content-type': 'application/x-pem-file' } })
  routes.get('/ca/card.pem', certificate(parts.authority.cert))
  routes.get('/ca/tsa.pem', certificate(parts.timeStamper.cert))
  routes.post('/tsa', async (c) => {
    if (c.req.header('content-type') !== 'application/timestamp-query')
      return c.json({ error: 'The content type must be application/timestamp-query' }, 415)
    const answer = parts.stamp(Buffer.from(await c.req.arrayBuffer()))
    return c.body(new Uint8Array(answer), 200, { 'content-type': 'application/timestamp-reply' })
  })
  return routes
}
