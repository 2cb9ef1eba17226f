import { Hono } from 'hono'
import type { Database } from '../../kit/database.ts'
import { callerOf, fromXroadOnly, recordUsage } from '../../kit/xroad-provider.ts'
import { declarationsOf } from './declarations.ts'
import { incomeCertificate } from './income-certificate.ts'

const ACTION = {
  en: 'Tax returns were read',
  et: 'Vaadati tuludeklaratsioone',
  ja: '確定申告が閲覧されました',
}

/** Over X-Road: a person's declarations for officials, and certificates of income. Nothing is given before the usage is on record. */
export function xroadRoutes(db: Database): Hono {
  const routes = new Hono()
  routes.use(fromXroadOnly())
  routes.get('/declarations/:code', async (c) => {
    const code = c.req.param('code')
    if (!/^\d{11}$/.test(code)) return c.json({ error: 'This is not a personal code' }, 400)
    await recordUsage(db, callerOf(c), { subject: code, action: ACTION })
    return c.json({ declarations: await declarationsOf(db, code) })
  })
  routes.get('/income-certificate/:code', (c) => incomeCertificate(c, db))
  return routes
}
