import type { AddressInfo } from 'node:net'
import { createAdaptorServer, type HttpBindings, type ServerType } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { accessLog } from './access-log.ts'
import { wrongInput, wrongText } from './input.ts'
import { openProtocols, type Protocol, type Trouble } from './protocol.ts'
import { styleSheet } from './style.ts'

export type App = Hono<{ Bindings: HttpBindings }>

/** One service process: a Hono app that answers /healthz truthfully from its first moment on. */
export interface Service {
  readonly app: App
  /** What is under `prefix` speaks this protocol: there the kit's own errors are said in its words. */
  speaks(prefix: string, protocol: Protocol): void
  /** Tries `attempt` once a second until it succeeds; /healthz says 503 and names `what` meanwhile. */
  until<T>(what: string, attempt: () => Promise<T>): Promise<T>
  /** /healthz runs `probe` each time; a failure (or no answer in 2 s) is 503 and names `what`. */
  check(what: string, probe: () => Promise<unknown>): void
  /**
   * Serves on `port` (default 80). Add all routes before (the router is fixed by the first request) and wait for
   * others after, so that /healthz answers meanwhile; every other path is 503 until `ready`.
   */
  listen(port?: number): Promise<AddressInfo>
  /** All that the service waited for is there. */
  ready(): void
  /** A further server, which ends with the service. */
  adopt(server: ServerType): void
}

const MAX_BODY = 2 * 1024 * 1024
const browserHeaders = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'self'"], baseUri: ["'none'"], frameAncestors: ["'none'"] },
  strictTransportSecurity: false,
})

/**
 * Makes the service `name`, with security headers (unless it serves no browser), JSON errors, a body limit, no U+0000 and no broken form
 * (input.ts), and one log line per request.
 */
export function createService(name: string, { securityHeaders = true } = {}): Service {
  const app: App = new Hono()
  const waiting = new Set<string>(['start'])
  const checks: { what: string; probe: () => Promise<unknown> }[] = []
  const servers: ServerType[] = []
  const protocols = openProtocols()
  const say = (c: Context, trouble: Trouble) => protocols.of(c.req.path).say(c, trouble)

  app.use(accessLog)
  if (securityHeaders) app.use(browserHeaders)
  app.use(
    bodyLimit({
      maxSize: MAX_BODY,
      async onError(c) {
        // Read to its end, or the connection breaks under the request that comes next on it.
        const { body } = c.req.raw
        if (body && !body.locked) await body.pipeTo(new WritableStream()).catch(() => undefined)
        return say(c, { status: 413, message: `The request has more than ${MAX_BODY} bytes` })
      },
    }),
  )
  app.get('/healthz', async (c) => {
    const missing = [...waiting]
    for (const { what, probe } of checks) if (!(await answers(probe))) missing.push(what)
    if (missing.length > 0) return c.json({ status: 'waiting', waitsFor: missing }, 503)
    return c.json({ status: 'ok' })
  })
  app.use(async (c, next) => {
    if (waiting.size > 0)
      return say(c, {
        status: 503,
        message: `The service is starting, and waits for ${[...waiting].join(', ')}`,
      })
    const wrong = await wrongInput(c, protocols.of(c.req.path).opaqueBody ?? false)
    return wrong ? say(c, { status: 400, message: wrong }) : next()
  })
  app.get('/style.css', (c) => {
    c.header('content-type', 'text/css; charset=utf-8')
    c.header('cache-control', 'max-age=3600')
    return c.body(styleSheet)
  })
  app.notFound((c) => say(c, { status: 404, message: 'There is nothing here' }))
  app.onError((error, c) => {
    if (error instanceof HTTPException)
      return error.res ?? say(c, { status: error.status as Trouble['status'], message: error.message })
    const wrong = wrongText(error)
    if (wrong) return say(c, { status: 400, message: wrong })
    console.error(`${c.req.method} ${c.req.path}`, error)
    return say(c, { status: 500, message: 'The service failed' })
  })

  const stop = (): void => {
    for (const server of servers) server.close()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)

  return {
    app,
    speaks: protocols.add,
    async until(what, attempt) {
      waiting.add(what)
      for (let said = ''; ; ) {
        try {
          const result = await attempt()
          waiting.delete(what)
          return result
        } catch (error) {
          const why = String(error)
          if (why !== said) console.error(`${name} waits for ${what}: ${why}`)
          said = why
          await new Promise((resolve) => setTimeout(resolve, 1000))
        }
      }
    },
    check: (what, probe) => void checks.push({ what, probe }),
    async listen(port = 80) {
      const server = createAdaptorServer({
        fetch: app.fetch,
        serverOptions: { requestTimeout: 20_000, headersTimeout: 10_000 },
      })
      servers.push(server)
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, () => resolve())
      })
      const address = server.address() as AddressInfo
      console.log(`${name} listens on port ${address.port}`)
      return address
    },
    ready: () => void waiting.delete('start'),
    adopt: (server) => void servers.push(server),
  }
}

async function answers(probe: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), 2000)
  })
  try {
    await Promise.race([probe(), late])
    return true
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}
