import { Hono } from 'hono'
import { sameSecret } from '../../kit/secrets.ts'
import type { LogStore } from './log-store.ts'

const MOST = 200
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/**
 * `GET /search?q=&service=&from=&to=&before=&limit=`: `{lines: [{id, at, service, line}], services}`, newest first. Needs `Authorization: Bearer SOC_TOKEN`;
 * a query that makes no sense is 400 and says why.
 */
export function searchRoutes(store: LogStore, token: string): Hono {
  const routes = new Hono()
  routes.use(async (c, next) => {
    const given = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
    if (sameSecret(given, token)) return next()
    c.header('www-authenticate', 'Bearer realm="soc"')
    return c.json({ error: 'Only the team reads its logs' }, 401)
  })
  routes.get('/search', (c) => {
    const text = c.req.query('q') ?? ''
    const service = c.req.query('service') ?? ''
    const before = c.req.query('before') ?? String(Number.MAX_SAFE_INTEGER)
    const limit = c.req.query('limit') ?? '100'
    const [from, to] = [c.req.query('from') ?? '', c.req.query('to') ?? '']
    if (text.length > 300) return c.json({ error: 'q is longer than 300 characters' }, 400)
    if (!/^\d{1,16}$/.test(before)) return c.json({ error: 'before is not the id of a line' }, 400)
    if (!/^\d{1,4}$/.test(limit)) return c.json({ error: 'limit is not a whole number' }, 400)
    // Moments are compared as texts: only this form has one order.
    if (![from, to].every((moment) => moment === '' || MOMENT.test(moment)))
      return c.json({ error: 'from and to are moments like 2026-01-31T09:30:00.000Z' }, 400)
    const lines = store.search({
      text,
      service,
      before: Number(before),
      from,
      to,
      limit: Math.min(Number(limit), MOST),
    })
    return c.json({ lines, services: store.services() })
  })
  return routes
}
