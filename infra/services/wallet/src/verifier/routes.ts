import { type Context, Hono } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { Database } from '../../../kit/database.ts'
import { languageOf } from '../../../kit/html.ts'
import type { Certified } from '../certify.ts'
import { answerError, formOf, OauthError } from '../oauth-error.ts'
import { textsOf } from '../texts.ts'
import type { Anchor } from '../trust.ts'
import { outcomePage, purposePage, purposesPage } from './pages.ts'
import { checkPresentation } from './presentation.ts'
import { purposeOf } from './purposes.ts'
import { Refusal } from './refusal.ts'
import { clientIdOf, requestLink, requestObject } from './request-object.ts'
import { conclude, openVerification, seenBy, takeResponse, waitingVerification } from './verifications.ts'

export interface Verifier {
  readonly db: Database
  readonly baseUrl: string
  readonly access: Certified
  readonly anchors: readonly Anchor[]
}

/** The verifiers of the state, OpenID4VP 1.0: pages, the request object, the wallet's response, the outcome. */
export function verifierRoutes({ db, baseUrl, access, anchors }: Verifier): Hono {
  const routes = new Hono()
  const cookie = (id: string): string => `verification_${id}`
  const start = async (c: Context, purpose: unknown, device: unknown) => {
    const asked = purposeOf(String(purpose))
    if (!asked) return null
    const { id, browser } = await openVerification(db, asked, device === 'same' ? 'same' : 'other')
    setCookie(c, cookie(id), browser, { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 600 })
    return id
  }
  const seen = (c: Context) => {
    const id = c.req.param('id') ?? ''
    return seenBy(db, id, getCookie(c, cookie(id)) ?? '', c.req.query('response_code'))
  }

  routes.get('/verify', (c) => c.html(purposesPage(languageOf(c))))
  routes.get('/verify/:purpose{shop|library}', (c) => {
    const purpose = purposeOf(c.req.param('purpose'))
    return purpose ? c.html(purposePage(languageOf(c), purpose)) : c.notFound()
  })
  routes.post('/verify/:purpose{shop|library}', async (c) => {
    const id = await start(c, c.req.param('purpose'), (await formOf(c)).device)
    return c.redirect(`/verify/outcomes/${id}`, 303)
  })
  routes.get('/verify/outcomes/:id', async (c) => {
    const verification = await seen(c)
    if (!verification) return c.html(outcomePage(languageOf(c), null, ''), 404)
    return c.html(outcomePage(languageOf(c), verification, requestLink(baseUrl, verification.id)))
  })

  routes.post('/api/verifications', async (c) => {
    const { purpose, device } = Object(await c.req.json().catch(() => null))
    const id = await start(c, purpose, device)
    if (!id) return c.json({ error: 'purpose must be shop or library' }, 400)
    return c.json({ id, link: requestLink(baseUrl, id) }, 201)
  })
  routes.get('/api/verifications/:id', async (c) => {
    const verification = await seen(c)
    if (!verification) return c.json({ error: 'This browser asked for no such verification' }, 404)
    const { id, purpose, state, reason, claims } = verification
    return c.json({ id, purpose: purpose.id, state, reason, claims })
  })

  const request = async (c: Context): Promise<Response> => {
    const verification = await waitingVerification(db, c.req.param('id') ?? '')
    if (!verification)
      return answerError(c, new OauthError('invalid_request_uri', 'There is no such request any more', 404))
    const walletNonce = c.req.method === 'POST' ? (await formOf(c)).wallet_nonce : undefined
    const name = textsOf('en')[verification.purpose.id]
    const nonce = typeof walletNonce === 'string' ? walletNonce.slice(0, 200) : undefined
    c.header('content-type', 'application/oauth-authz-req+jwt')
    c.header('cache-control', 'no-store')
    return c.body(requestObject(baseUrl, verification, name, access, nonce))
  }
  routes.get('/verify/requests/:id', request)
  routes.post('/verify/requests/:id', request)

  routes.post('/verify/responses/:id', async (c) => {
    const form = await formOf(c)
    const verification = await takeResponse(db, c.req.param('id'), String(form.state ?? ''))
    if (!verification)
      return answerError(c, new OauthError('invalid_request', 'This is no response to a request that waits'))
    const { id, purpose, nonce, device } = verification
    try {
      if (form.error !== undefined) throw new Refusal('declined', `the wallet says ${String(form.error)}`)
      const audience = clientIdOf(baseUrl)
      const claims = await checkPresentation(form.vp_token, { purpose, nonce, audience, anchors })
      return c.json(back(device, id, await conclude(db, id, { claims })))
    } catch (error) {
      if (!(error instanceof Refusal)) {
        await conclude(db, id, { reason: 'notValid' })
        throw error
      }
      console.error(`presentation to ${purpose.id} refused: ${error.reason}: ${error.message}`)
      const code = await conclude(db, id, { reason: error.reason })
      if (error.reason === 'declined') return c.json(back(device, id, code))
      return answerError(c, new OauthError('invalid_request', `${error.reason}: ${error.message}`))
    }
  })
  const back = (device: 'same' | 'other', id: string, code: string) =>
    device === 'same' ? { redirect_uri: `${baseUrl}/verify/outcomes/${id}?response_code=${code}` } : {}
  return routes
}
