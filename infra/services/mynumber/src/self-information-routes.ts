import { type Context, Hono } from 'hono'
import type { Database } from '../../kit/database.ts'
import { type Consent, consentOfToken } from './consents.ts'
import { findFetching, startFetching } from './self-information.ts'

/** For web services with a token: ask for what the person agreed to, and poll until it is there. */
export function selfInformationRoutes(db: Database): Hono {
  const routes = new Hono()
  const consentOf = async (c: Context): Promise<Consent | null> => {
    const token = /^Bearer ([\w-]+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
    return token ? consentOfToken(db, token) : null
  }
  const invalidToken = (c: Context): Response =>
    c.json({ error: 'invalid_token', error_description: 'The token is not valid or over' }, 401, {
      'www-authenticate': 'Bearer error="invalid_token"',
    })
  const pending = { 'retry-after': '1', 'cache-control': 'no-store' }

  routes.post('/', async (c) => {
    const consent = await consentOf(c)
    if (!consent?.number || !consent.granted) return invalidToken(c)
    const { client, number, granted: items, purpose } = consent
    const id = await startFetching(db, { consent: consent.id, client, number, items, purpose })
    c.header('location', `/api/self-information/${id}`)
    return c.json({ id, status: 'processing' }, 202, pending)
  })

  routes.get('/:id', async (c) => {
    const consent = await consentOf(c)
    if (!consent) return invalidToken(c)
    const fetching = await findFetching(db, c.req.param('id'), { consent: consent.id })
    if (!fetching)
      return c.json({ error: 'not_found', error_description: 'Nothing was asked for under this id' }, 404)
    const { id, state: status, result: items } = fetching
    if (status === 'processing') return c.json({ id, status }, 202, pending)
    return c.json({ id, status, items }, 200, { 'cache-control': 'no-store' })
  })
  return routes
}
