import { Hono } from 'hono'
import { Refused } from './certificate.ts'
import type { PhoneLogins } from './phone-login.ts'

/**
 * What stands for the mobile network: a phone asks what waits for it and sends its answer. Knowing what waits is no secret
 * worth keeping here; only the key in the SIM can answer.
 */
export function phoneRoutes(phones: PhoneLogins): Hono {
  const routes = new Hono()
  routes.get('/:who', (c) =>
    c.json(
      phones
        .pending(c.req.param('who'))
        .map(({ id, hash, control, service }) => ({ id, hash, control, service })),
    ),
  )
  routes.post('/sessions/:id', async (c) => {
    const { signature, certificate, refuse } = Object(await c.req.json().catch(() => null))
    const id = c.req.param('id')
    try {
      if (refuse === true) return c.json({ state: phones.refuse(id).state })
      return c.json({ state: phones.answer(id, String(signature), String(certificate)).state })
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      console.log(`phone answer refused: ${error.message}`)
      return c.json({ error: error.message }, 400)
    }
  })
  return routes
}
