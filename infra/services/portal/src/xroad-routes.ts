import { Hono } from 'hono'
import type { Database } from '../../kit/database.ts'
import { callerOf, fromXroadOnly } from '../../kit/xroad-provider.ts'
import { readNotice, sendNotice } from './notices.ts'

/** For authorities, over X-Road: a letter to a citizen. The sender is who X-Road says it is. */
export function xroadRoutes(db: Database): Hono {
  const routes = new Hono()
  routes.use(fromXroadOnly())
  routes.post('/notices', async (c) => {
    const notice = readNotice(Object(await c.req.json().catch(() => null)), callerOf(c).memberCode)
    if (typeof notice === 'string') return c.json({ error: notice }, 400)
    return c.json({ id: await sendNotice(db, notice) }, 201)
  })
  return routes
}
