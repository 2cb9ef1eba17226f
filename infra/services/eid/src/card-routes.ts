import { Hono } from 'hono'
import { languageOf } from '../../kit/html.ts'
import { type CardOutcome, cardPage } from './card-pages.ts'
import type { Cards } from './cards.ts'
import { Refused } from './certificate.ts'
import type { Nonces } from './nonces.ts'
import type { Settings } from './settings.ts'
import { verifyWebEid } from './web-eid.ts'

/** `/card`: a person puts their card on hold, and lifts that with the code they were given. Both ask for the card's signature. */
export function cardRoutes(settings: Settings, nonces: Nonces, cards: Cards): Hono {
  const routes = new Hono()
  routes.get('/', (c) => c.html(cardPage(languageOf(c), nonces.issue('card'), null)))
  routes.post('/', async (c) => {
    const form = await c.req.parseBody()
    const nonce = String(form.nonce ?? '')
    const show = (outcome: CardOutcome, status: 200 | 400 | 409 = 200) =>
      c.html(cardPage(languageOf(c), nonces.issue('card'), outcome), status)
    try {
      if (!nonces.take(nonce, 'card')) throw new Refused('the challenge is not open')
      const { issuer: origin, authority } = settings
      const { person } = verifyWebEid(String(form.token ?? ''), { origin, nonce, authority, now: new Date() })
      if (form.action === 'lift')
        return (await cards.lift(person.code, String(form.restore ?? '')))
          ? show({ said: 'lifted' })
          : show({ said: 'wrongCode' }, 400)
      const restoreCode = await cards.suspend(person.code)
      return restoreCode ? show({ said: 'onHold', restoreCode }) : show({ said: 'alreadyOnHold' }, 409)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      console.log(`card page refused: ${error.message}`)
      return show({ said: 'refused' }, 400)
    }
  })
  return routes
}
