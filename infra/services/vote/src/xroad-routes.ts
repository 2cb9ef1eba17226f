import { Hono } from 'hono'
import type { Database } from '../../kit/database.ts'
import { callerOf, fromXroadOnly, recordUsage } from '../../kit/xroad-provider.ts'
import { NATIONAL } from './elections.ts'
import { listedVoter } from './eligibility.ts'

const ACTION = {
  en: 'The entry in the voter list was read',
  et: 'Vaadati kannet valijate nimekirjas',
  ja: '選挙人名簿の登録が閲覧されました',
}

/** For other authorities, over X-Road: a person's entry in the voter list. Nothing is given before the usage is on record. */
export function xroadRoutes(db: Database): Hono {
  const routes = new Hono()
  routes.use(fromXroadOnly())
  routes.get('/voters/:code', async (c) => {
    const code = c.req.param('code')
    if (!/^\d{11}$/.test(code)) return c.json({ error: 'This is not a personal code' }, 400)
    await recordUsage(db, callerOf(c), { subject: code, action: ACTION })
    const listed = await listedVoter(db, code)
    if (!listed) return c.json({ error: 'Nobody on the voter list has this code' }, 404)
    return c.json({ code, election: NATIONAL, district: listed.district })
  })
  return routes
}
