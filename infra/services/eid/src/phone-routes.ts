import { Hono } from 'hono'
import type { Database } from '../../kit/database.ts'
import type { Cards } from './cards.ts'
import { Refused } from './certificate.ts'
import { recordLogin } from './history.ts'
import type { PhoneLogins } from './phone-login.ts'

/**
 * What stands for the mobile network: a phone asks what waits for it and sends its answer. Knowing what waits is no secret
 * worth keeping here; only the key in the phone can answer.
 */
export function phoneRoutes(phones: PhoneLogins, cards: Cards, db: Database): Hono {
  const routes = new Hono()
  routes.get('/:who', (c) =>
    c.json(
      phones.pending(c.req.param('who')).map(({ id, hash, control, service, text }) => ({
        id,
        hash: hash.toString('base64'),
        control,
        service,
        text,
      })),
    ),
  )
  routes.post('/sessions/:id', async (c) => {
    const { signature, certificate, refuse } = Object(await c.req.json().catch(() => null))
    const id = c.req.param('id')
    try {
      if (refuse === true) return c.json({ state: phones.refuse(id).state })
      const session = phones.check(id, String(signature), String(certificate))
      if (await cards.suspendedSince(session.proof.serial)) throw new Refused('the certificate is on hold')
      // A login at our own page is recorded when the page goes on to the service.
      if (session.owner.startsWith('rp:'))
        await recordLogin(
          db,
          { person: session.proof.person, method: session.method === 'mid' ? 'mID' : 'smartid' },
          session.service,
        )
      return c.json({ state: phones.complete(session).state })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      console.log(`phone answer refused: ${error.message}`)
      return c.json({ error: error.message }, 400)
    }
  })
  return routes
}
