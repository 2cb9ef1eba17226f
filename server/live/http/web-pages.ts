import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyHelmet from '@fastify/helmet'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { hostnameOf } from '../citizen/citizen-view.ts'
import { refusal } from '../wire.ts'
import { refuse } from './http-refusals.ts'

/**
 * Headers of every answer. Nothing but our own scripts, and no other site's frame. Inline styles are allowed because the terminal writes its
 * own. No Strict-Transport-Security: whether a name is served by TLS alone is for the proxy before us to say.
 */
export function secureHeaders(app: FastifyInstance): void {
  app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'font-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: false,
  })
  app.addHook('onRequest', async (_, reply) => {
    reply.header('permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=()')
  })
}

/**
 * The built web pages; every path that is nothing else is the index. `frames`: the origins that may be in a frame of a page at a host, each of a service as
 * citizens see it, and nothing else may: neither another site nor our own pages.
 */
export function servePages(
  app: FastifyInstance,
  webDir: string,
  frames: (hostname: string) => readonly string[],
): void {
  const index = join(webDir, 'index.html')
  app.addHook('onSend', async (request, reply) => {
    const policy = reply.getHeader('content-security-policy')
    if (!String(reply.getHeader('content-type')).startsWith('text/html') || typeof policy !== 'string') return
    const origins = frames(hostnameOf(request.headers.host ?? ''))
    if (origins.length > 0)
      reply.header('content-security-policy', `${policy};frame-src ${origins.join(' ')}`)
  })
  app.register(fastifyStatic, {
    root: webDir,
    cacheControl: false,
    // A page must never be older than the server it talks to; assets carry a hash of their content in their name.
    setHeaders: (reply, path) => {
      const hashed = path.startsWith(join(webDir, 'assets'))
      reply.header('cache-control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.setNotFoundHandler((request, reply) => {
    const page = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html')
    if (!page || request.url.startsWith('/api/'))
      return refuse(
        reply,
        404,
        refusal('not-found', 'There is nothing here. The interface is in /api/openapi.json.'),
      )
    if (!existsSync(index))
      return reply
        .code(503)
        .type('text/plain')
        .send('The web pages are not built yet: npm start builds them.')
    return reply.sendFile('index.html')
  })
}
