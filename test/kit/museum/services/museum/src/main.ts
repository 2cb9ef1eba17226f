import { openDatabase, prepareDatabase } from '../../kit/database.ts'
import { createService } from '../../kit/http.ts'
import { environment } from '../../kit/secrets.ts'
import { openXroadClient } from '../../kit/xroad-client.ts'
import { callerOf, fromXroadOnly } from '../../kit/xroad-provider.ts'

const service = createService('museum')
const db = openDatabase(environment('DATABASE_URL'))
const xroad = openXroadClient('museum')
service.app.use('/xroad/*', fromXroadOnly())
service.app.get('/xroad/cards/:code', async (c) => {
  const { rows } = await db.query('select 1 from card where code = $1', [c.req.param('code')])
  return c.json({ card: rows.length > 0, to: callerOf(c).subsystem })
})
service.app.post('/cards/:code', async (c) => {
  const code = c.req.param('code')
  const reply = await xroad({ service: 'population/persons', path: `/${code}/family`, user: code })
  if (reply.status !== 200) return c.json({ error: reply.xroadError ?? reply.status }, 502)
  await db.query('insert into card (code) values ($1) on conflict do nothing', [code])
  return c.json({ family: reply.json() }, 201)
})
service.check('registry-db', () => db.query('select'))
await service.listen()
await service.until('registry-db', () =>
  prepareDatabase(db, [new URL('./schema.sql', import.meta.url)], async () => undefined),
)
service.ready()
