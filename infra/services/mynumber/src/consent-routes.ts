import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Database } from '../../kit/database.ts'
import { languageOf } from '../../kit/html.ts'
import { environment, sameSecret } from '../../kit/secrets.ts'
import type { Authorities } from './authority.ts'
import { challengeText, Refused, readAnswer, verifyCard } from './card.ts'
import type { Challenges } from './challenges.ts'
import { findClient } from './clients.ts'
import { cardPage, consentPage, lostPage } from './consent-pages.ts'
import {
  type Consent,
  findConsent,
  grantConsent,
  hashed,
  nameHolder,
  openConsent,
  refuseConsent,
} from './consents.ts'
import { REQUEST_URI } from './oauth-routes.ts'

/** What a person sees of a web service's request: who asks for what and why, the card, and the decision. */
export function consentRoutes(db: Database, authorities: () => Authorities, challenges: Challenges): Hono {
  const routes = new Hono()
  const origin = environment('BASE_URL')
  const lost = (c: Context): Response | Promise<Response> => c.html(lostPage(languageOf(c)), 403)
  const cookieOf = (id: string): string => `consent_${id.slice(0, 16)}`

  /** The request that this browser has opened; null when it is another's, decided, or too old. */
  const requestOf = async (c: Context): Promise<Consent | null> => {
    const id = c.req.param('id') ?? ''
    const consent = await findConsent(db, id)
    const held = getCookie(c, cookieOf(id)) ?? ''
    return consent?.browser && sameSecret(hashed(held), consent.browser) ? consent : null
  }
  const show = (c: Context, consent: Consent, refused = false): Response | Promise<Response> => {
    const lang = languageOf(c)
    const step = consent.number ? consentPage : cardPage
    const challenge = challenges.issue(`${consent.number ? 'decide' : 'card'} ${consent.id}`)
    return c.html(step(lang, consent, challenge, refused), refused ? 400 : 200)
  }

  routes.get('/oauth/authorize', async (c) => {
    const id = (c.req.query('request_uri') ?? '').slice(REQUEST_URI.length)
    const consent = await findConsent(db, id)
    if (!consent || consent.client !== c.req.query('client_id')) return lost(c)
    const held = await openConsent(db, id)
    if (held)
      setCookie(c, cookieOf(id), held, { path: '/consent', httpOnly: true, sameSite: 'Lax', maxAge: 600 })
    return c.redirect(`/consent/${id}`, 303)
  })

  routes.get('/consent/:id', async (c) => {
    const consent = await requestOf(c)
    return consent ? show(c, consent) : lost(c)
  })

  routes.post('/consent/:id/card', async (c) => {
    const consent = await requestOf(c)
    if (!consent) return lost(c)
    const form = await c.req.parseBody()
    const challenge = String(form.challenge ?? '')
    try {
      if (!challenges.take(challenge, `card ${consent.id}`)) throw new Refused('the challenge is not open')
      const text = challengeText(origin, challenge)
      const holder = await verifyCard(db, authorities(), readAnswer(form.token), 'authentication', text)
      await nameHolder(db, consent.id, holder.number)
      return c.redirect(`/consent/${consent.id}`, 303)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      console.log(`consent of ${consent.client}: card refused: ${error.message}`)
      return show(c, consent, true)
    }
  })

  routes.post('/consent/:id/decision', async (c) => {
    const consent = await requestOf(c)
    const client = findClient(consent?.client)
    if (!consent || !client) return lost(c)
    const form = await c.req.parseBody({ all: true })
    if (!challenges.take(String(form.challenge ?? ''), `decide ${consent.id}`)) return show(c, consent, true)
    const ticked = [form.item].flat()
    const items = form.decision === 'allow' ? consent.items.filter((item) => ticked.includes(item)) : []
    const code =
      items.length > 0 ? await grantConsent(db, consent.id, items) : await refuseConsent(db, consent.id)
    const back = new URL(consent.redirectUri)
    const answer = code ? { code } : { error: 'access_denied' }
    for (const [name, value] of Object.entries({ ...answer, state: consent.state, iss: origin }))
      back.searchParams.set(name, value)
    return c.redirect(back.href, 303)
  })
  return routes
}
