import { Hono } from 'hono'
import type { Identity } from './authority.ts'
import type { StatusResponder } from './status-responder.ts'
import type { TimeStampAuthority } from './time-stamp.ts'

/** Trust services over HTTP: the authorities' certificates, time-stamps (RFC 3161, 3.4) and the state of certificates (RFC 6960, appendix A). */
export function trustRoutes(parts: {
  readonly authority: Identity
  readonly timeStamper: Identity
  readonly stamp: TimeStampAuthority
  readonly status: StatusResponder
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
  const status = async (request: Buffer): Promise<Response> =>
    new Response(new Uint8Array(await parts.status(request)), {
      headers: { 'content-type': 'application/ocsp-response' },
    })
  routes.post('/ocsp', async (c) =>
    c.req.header('content-type') === 'application/ocsp-request'
      ? status(Buffer.from(await c.req.arrayBuffer()))
      : c.json({ error: 'The content type must be application/ocsp-request' }, 415),
  )
  routes.get('/ocsp/:request{.+}', (c) => status(Buffer.from(c.req.param('request'), 'base64')))
  return routes
}
