import { type Context, Hono } from 'hono'
import type { Database } from '../../kit/database.ts'
import { type Authorities, isUse } from './authority.ts'
import { findCertificate } from './certificates.ts'
import { answerOcsp, internalError } from './ocsp.ts'

/** What relying parties ask the authorities: whether a certificate is valid (OCSP over HTTP, RFC 6960 A.1), and their own certificates. */
export function authorityRoutes(db: Database, authorities: () => Authorities): Hono {
  const routes = new Hono()
  const answer = async (c: Context, der: Buffer): Promise<Response> => {
    const look = (serial: string) => findCertificate(db, serial)
    const reply = await answerOcsp(der, authorities(), look, new Date()).catch((error: unknown) => {
      console.error(`OCSP: ${String(error)}`)
      return internalError()
    })
    return c.body(new Uint8Array(reply), 200, {
      'content-type': 'application/ocsp-response',
      'cache-control': 'no-store',
    })
  }
  routes.post('/ocsp', async (c) => answer(c, Buffer.from(await c.req.arrayBuffer())))
  routes.get('/ocsp/:request{.+}', (c) => answer(c, Buffer.from(c.req.param('request'), 'base64')))
  routes.get('/jpki/:file', (c) => {
    const use = c.req.param('file').replace(/\.cer$/, '')
    if (!isUse(use)) return c.json({ error: 'There is no such authority' }, 404)
    return c.body(new Uint8Array(authorities()[use].certificate), 200, {
      'content-type': 'application/pkix-cert',
    })
  })
  return routes
}
