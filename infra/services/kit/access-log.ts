import type { HttpBindings } from '@hono/node-server'
import type { MiddlewareHandler } from 'hono'

const LOG_EVERY_MS = 100
let lines: string[] = []

/** Lines wait a moment for each other: a write for each would cost the process nearly as much as its answer. */
function logLine(line: string): void {
  if (lines.push(line) === 1) setTimeout(writeLines, LOG_EVERY_MS).unref()
}

function writeLines(): void {
  if (lines.length > 0) console.log(lines.join('\n'))
  lines = []
}
process.on('exit', writeLines)

/** One line for each request, light checks aside. */
export const accessLog: MiddlewareHandler<{ Bindings: HttpBindings }> = async (c, next) => {
  const from = performance.now()
  await next()
  if (c.req.path === '/healthz') return
  const url = new URL(c.req.url)
  const ms = (performance.now() - from).toFixed(1)
  const who = c.env?.incoming?.socket.remoteAddress ?? '-'
  logLine(`${who} ${c.req.method} ${(url.pathname + url.search).slice(0, 400)} ${c.res.status} ${ms}ms`)
}
