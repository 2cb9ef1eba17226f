import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { languageOf } from '../../kit/html.ts'
import { environment } from '../../kit/secrets.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { appPage, appRefusedPage } from './app-pages.ts'
import { APPS, type App, grantedScopes } from './apps.ts'
import { childrenOf } from './family.ts'
import { fhirBase } from './fhir.ts'
import { findDoctor } from './reader.ts'
import { makeCode, makeToken, redeemCode, TOKEN_SECONDS, verifierFits } from './tokens.ts'

const WAITING = 'health_app'
const PARAMETERS = [
  'client_id',
  'redirect_uri',
  'response_type',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
  'aud',
]

/** Where SMART App Launch 2.x says that an app finds its way in. */
export function smartConfiguration(): object {
  const base = environment('BASE_URL')
  return {
    authorization_endpoint: `${base}/auth/authorize`,
    token_endpoint: `${base}/auth/token`,
    grant_types_supported: ['authorization_code'],
    response_types_supported: ['code'],
    token_endpoint_auth_methods_supported: ['none'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: [...new Set(Object.values(APPS).flatMap(({ scopes }) => scopes))],
    capabilities: [
      'launch-standalone',
      'client-public',
      'context-standalone-patient',
      'permission-patient',
      'permission-user',
      'permission-v2',
    ],
  }
}

/** After login at eID: back to the app that waits, if one does. */
export function waitingApp(c: Context): string | null {
  const query = getCookie(c, WAITING)
  if (!query) return null
  deleteCookie(c, WAITING, { path: '/' })
  return `/auth/authorize?${query}`
}

/** SMART App Launch (standalone): the person logs in at eID, says which record, and the app gets a token. */
export function appLoginRoutes(db: Database, xroad: XroadClient, citizens: Citizens): Hono {
  const routes = new Hono()

  routes.get('/authorize', async (c) => {
    const asked = (name: string): string => c.req.query(name) ?? ''
    const app = appOf(asked)
    if (!app) return c.html(appRefusedPage(languageOf(c)), 400)
    const wrong = errorIn(app, asked)
    if (wrong) return c.redirect(backTo(app, { error: wrong, state: asked('state') }), 303)
    const session = await citizens.session(c)
    if (!session) {
      const query = new URLSearchParams(
        PARAMETERS.map((name) => [name, asked(name)] as [string, string]),
      ).toString()
      setCookie(c, WAITING, query, { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 600 })
      return c.redirect('/login', 303)
    }
    const people = [session, ...(await childrenOf(xroad, session.code).catch(() => []))]
    const hidden = PARAMETERS.map((name) => [name, asked(name)] as const)
    return c.html(appPage(languageOf(c), session, app, { hidden, people }))
  })

  routes.post('/authorize', async (c) => {
    const { session, form } = await citizens.writer(c)
    const asked = (name: string): string => (typeof form[name] === 'string' ? form[name] : '')
    const app = appOf(asked)
    if (!app) return c.html(appRefusedPage(languageOf(c)), 400)
    const state = asked('state')
    const back = (answer: Readonly<Record<string, string>>) =>
      c.redirect(backTo(app, { ...answer, state }), 303)
    const wrong = errorIn(app, asked)
    if (wrong) return back({ error: wrong })
    if (asked('allow') !== 'yes') return back({ error: 'access_denied' })
    const scopes = grantedScopes(app, asked('scope'))
    if (scopes.includes('user/*.cruds') && !(await findDoctor(db, session.code)))
      return back({ error: 'access_denied' })
    const patient = asked('patient') || session.code
    if (patient !== session.code) {
      const children = await childrenOf(xroad, session.code)
      if (!children.some(({ code }) => code === patient)) return back({ error: 'access_denied' })
    }
    const code = await makeCode(db, {
      client: asked('client_id'),
      redirect: app.redirect,
      challenge: asked('code_challenge'),
      code: session.code,
      name: session.name,
      scope: scopes.join(' '),
      patient,
    })
    return back({ code })
  })

  routes.post('/token', async (c) => {
    c.header('cache-control', 'no-store')
    const form = await c.req.parseBody()
    if (form.grant_type !== 'authorization_code') return c.json({ error: 'unsupported_grant_type' }, 400)
    const pending = await redeemCode(db, String(form.code ?? ''))
    if (
      !pending ||
      pending.client !== form.client_id ||
      pending.redirect !== form.redirect_uri ||
      !verifierFits(String(form.code_verifier ?? ''), pending.challenge)
    )
      return c.json({ error: 'invalid_grant' }, 400)
    const { scope, patient } = pending
    const access_token = await makeToken(db, pending)
    return c.json({ access_token, token_type: 'Bearer', expires_in: TOKEN_SECONDS, scope, patient })
  })
  return routes
}

/** The app that asks, when it is registered and wants the answer at its own address. */
function appOf(asked: (name: string) => string): App | null {
  const id = asked('client_id')
  const app = Object.hasOwn(APPS, id) ? APPS[id] : undefined
  return app && asked('redirect_uri') === app.redirect ? app : null
}

/** What OAuth 2.0 (RFC 6749, RFC 7636) calls wrong in a request; null when it is in order. */
function errorIn(app: App, asked: (name: string) => string): string | null {
  if (asked('response_type') !== 'code') return 'unsupported_response_type'
  if (asked('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(asked('code_challenge')))
    return 'invalid_request'
  if (asked('aud') !== '' && asked('aud') !== fhirBase()) return 'invalid_request'
  if (grantedScopes(app, asked('scope')).length === 0) return 'invalid_scope'
  return null
}

const backTo = (app: App, answer: Readonly<Record<string, string>>): string =>
  `${app.redirect}?${new URLSearchParams(answer)}`
