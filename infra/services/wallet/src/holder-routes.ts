import { type Context, Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { languageOf } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import type { Desk } from './desk.ts'
import { findOffer, makeOffer, type Offer } from './issuer/offers.ts'
import { deskPage, messagePage, minePage, offerPage, type Reader, welcomePage } from './pages.ts'
import { credentialsOf, revoke } from './status-list.ts'

/** Number of the credential in the path. Anything else is a number that nobody has. */
const numberOf = (c: Context): number => {
  const id = c.req.param('id') ?? ''
  return /^\d{1,12}$/.test(id) ? Number(id) : 0
}

/** What a citizen does at the issuer: offers, own credentials, revocation; and the desk of officials. */
export function holderRoutes(db: Database, citizens: Citizens, desk: Desk, baseUrl: string): Hono {
  const routes = new Hono()
  const { apiReader, apiWriter } = citizens
  const known = (session: Session): Reader => ({ ...session, official: desk.admits(session) })
  const reader = async (c: Context): Promise<Reader> => known(await citizens.reader(c))
  const writer = async (c: Context) => {
    const { session, form } = await citizens.writer(c)
    return { session: known(session), form }
  }
  const offerUri = ({ id }: Offer): string => `${baseUrl}/credential-offers/${id}`
  const offerLink = (offer: Offer): string =>
    `openid-credential-offer://?credential_offer_uri=${encodeURIComponent(offerUri(offer))}`

  routes.get('/', async (c) => {
    const session = await citizens.session(c)
    const lang = languageOf(c)
    if (!session) return c.html(welcomePage(lang, null))
    const said = c.req.query('said') === 'revoked' ? 'revokedNow' : null
    return c.html(minePage(lang, known(session), await credentialsOf(db, session.code), said))
  })
  routes.post('/offers', async (c) => {
    const { session } = await writer(c)
    const { id } = await makeOffer(db, session.code)
    return c.redirect(`/offers/${id}`, 303)
  })
  routes.get('/offers/:id', async (c) => {
    const session = await reader(c)
    const offer = await findOffer(db, c.req.param('id'))
    if (offer?.code !== session.code) return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
    return c.html(offerPage(languageOf(c), session, offer, offerLink(offer)))
  })
  routes.post('/credentials/:id/revoke', async (c) => {
    const { session } = await writer(c)
    if (!(await revoke(db, numberOf(c), session.code, session.code)))
      return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
    return c.redirect('/?said=revoked', 303)
  })

  routes.use('/desk/*', async (c, next) => {
    const session = await reader(c)
    return session.official ? next() : c.html(messagePage(languageOf(c), session, 'notOfficial'), 403)
  })
  routes.get('/desk', async (c) => {
    const session = await reader(c)
    return c.html(deskPage(languageOf(c), session, null, null))
  })
  routes.post('/desk', async (c) => {
    const { session, form } = await writer(c)
    const code = String(form.code ?? '').trim()
    if (!/^\d{11}$/.test(code)) return c.html(deskPage(languageOf(c), session, null, 'notFound'), 400)
    return c.html(deskPage(languageOf(c), session, { code, held: await desk.look(session, code) }, null))
  })
  routes.post('/desk/:id/revoke', async (c) => {
    const { session, form } = await writer(c)
    const code = String(form.code ?? '')
    const done = await desk.revoke(session, code, numberOf(c))
    const found = { code, held: await credentialsOf(db, code) }
    return c.html(deskPage(languageOf(c), session, found, done ? 'revokedNow' : 'notFound'), done ? 200 : 404)
  })

  routes.get('/api/session', async (c) => c.json(await apiReader(c)))
  routes.post('/api/offers', async (c) => {
    const offer = await makeOffer(db, (await apiWriter(c)).code)
    return c.json({ uri: offerUri(offer), link: offerLink(offer), pin: offer.pin }, 201)
  })
  routes.get('/api/credentials', async (c) => c.json(await credentialsOf(db, (await apiReader(c)).code)))
  routes.post('/api/credentials/:id/revoke', async (c) => {
    const { code } = await apiWriter(c)
    if (!(await revoke(db, numberOf(c), code, code)))
      return c.json({ error: 'You have no such credential' }, 404)
    return c.json(await credentialsOf(db, code))
  })
  return routes
}
