import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import type Provider from 'oidc-provider'
import type { Database } from '../../kit/database.ts'
import { LANGS, type Lang, languageOf } from '../../kit/html.ts'
import type { Cards } from './cards.ts'
import { type Proof, Refused } from './certificate.ts'
import { recordLogin } from './history.ts'
import type { Login, Method } from './login.ts'
import type { Nonces } from './nonces.ts'
import { expiredPage, loginPage, type Offer, type Problem, waitPage } from './pages.ts'
import { isOver, newHash, type PhoneLogins, type PhoneMethod } from './phone-login.ts'
import type { Settings } from './settings.ts'
import { verifyWebEid } from './web-eid.ts'

type Env = { Bindings: HttpBindings }
type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

const OFFERS: readonly Offer[] = ['idcard', 'mid', 'smartid']

interface Parts {
  readonly provider: Provider
  readonly settings: Settings
  readonly db: Database
  readonly nonces: Nonces
  readonly cards: Cards
  readonly phones: PhoneLogins
}

/** Pages of one login, under `/login/:uid`. The provider's cookie says whose login it is. */
export function loginRoutes({ provider, settings, db, nonces, cards, phones }: Parts): Hono<Env> {
  const routes = new Hono<Env>()

  const show = async (c: Context<Env>, login: Interaction, problem?: Problem): Promise<Response> => {
    const scopes = String(login.params.scope ?? '').split(' ')
    const asked = OFFERS.filter((offer) => scopes.includes(offer))
    const content = loginPage({
      lang: languageFor(c, login),
      path: `/login/${login.uid}`,
      service: await serviceName(provider, login),
      offers: asked.length > 0 ? asked : OFFERS,
      nonce: nonces.issue(login.uid),
      ...(problem ? { problem } : {}),
    })
    return c.html(content, problem ? 400 : 200)
  }
  /** The proof holds: on to the service, unless the certificate is on hold. */
  const finish = async (
    c: Context<Env>,
    login: Interaction,
    { person, serial }: Proof,
    method: Method,
  ): Promise<Response> => {
    if (await cards.suspendedSince(serial)) {
      console.log(`login ${login.uid} refused: certificate ${serial} is on hold`)
      return show(c, login, 'suspended')
    }
    const tara: Login = { person, method }
    await recordLogin(db, tara, await serviceName(provider, login))
    const { incoming, outgoing } = c.env
    const accountId = `EE${person.code}`
    const ts = Math.floor(Date.now() / 1000)
    const result = { login: { accountId, ts, acr: 'high', amr: [method], remember: false, tara } }
    return c.redirect(await provider.interactionResult(incoming, outgoing, result), 303)
  }

  /** The login that the cookie names, if it is the one of this path. */
  const current = async (c: Context<Env>): Promise<Interaction | null> => {
    try {
      const login = await provider.interactionDetails(c.env.incoming, c.env.outgoing)
      return login.uid === c.req.param('uid') ? login : null
    } catch {
      return null
    }
  }
  const expired = (c: Context<Env>) => c.html(expiredPage(languageOf(c)), 410)

  routes.get('/:uid', async (c) => {
    const login = await current(c)
    return login ? show(c, login) : expired(c)
  })

  routes.post('/:uid/idcard', async (c) => {
    const login = await current(c)
    if (!login) return expired(c)
    const form = await c.req.parseBody()
    const nonce = String(form.nonce ?? '')
    try {
      if (!nonces.take(nonce, login.uid)) throw new Refused('the challenge is not open')
      const { issuer: origin, authority } = settings
      const proof = verifyWebEid(String(form.token ?? ''), { origin, nonce, authority, now: new Date() })
      return await finish(c, login, proof, 'idcard')
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      console.log(`login ${login.uid} by ID-card refused: ${error.message}`)
      return show(c, login, 'refused')
    }
  })

  routes.post('/:uid/:method{mid|smartid}', async (c) => {
    const login = await current(c)
    if (!login) return expired(c)
    const form = await c.req.parseBody()
    const code = String(form.code ?? '').trim()
    const phone = String(form.phone ?? '').replace(/[\s-]/g, '')
    const method = c.req.param('method') as PhoneMethod
    if (!/^\d{11}$/.test(code) || (method === 'mid' && !/^\+?\d{7,15}$/.test(phone)))
      return show(c, login, 'badInput')
    const service = await serviceName(provider, login)
    const push = { owner: login.uid, method, code, phone, service, text: service, hash: newHash() }
    const session = phones.start(push)
    if (!session) return show(c, login, 'tooMany')
    return c.redirect(`/login/${login.uid}/phone/${session.id}`, 303)
  })

  routes.get('/:uid/phone/:session', async (c) => {
    const login = await current(c)
    if (!login) return expired(c)
    const session = phones.find(c.req.param('session'))
    if (session?.owner !== login.uid || session.state === 'refused' || isOver(session))
      return show(c, login, 'phoneRefused')
    if (!session.proof) {
      c.header('refresh', '2')
      return c.html(waitPage(languageFor(c, login), `/login/${login.uid}`, session))
    }
    return finish(c, login, session.proof, session.method === 'mid' ? 'mID' : 'smartid')
  })

  routes.post('/:uid/cancel', async (c) => {
    if (!(await current(c))) return expired(c)
    const result = { error: 'user_cancel', error_description: 'User canceled the login process.' }
    return c.redirect(await provider.interactionResult(c.env.incoming, c.env.outgoing, result), 303)
  })
  return routes
}

async function serviceName(provider: Provider, login: Interaction): Promise<string> {
  const id = String(login.params.client_id)
  return (await provider.Client.find(id))?.clientName ?? id
}

/** The language that the service asked for counts until the person chooses one. */
function languageFor(c: Context, login: Interaction): Lang {
  const asked = String(login.params.ui_locales ?? '').split(' ')
  const found = LANGS.find((lang) => asked.includes(lang))
  return found && !c.req.query('lang') && !c.req.header('cookie')?.includes('lang=') ? found : languageOf(c)
}
