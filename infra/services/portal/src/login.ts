import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { httpRequest } from '../../kit/http-request.ts'
import type { IdTokens, Person } from './id-token.ts'

export interface RelyingParty {
  readonly issuer: string
  readonly clientId: string
  readonly secret: string
  readonly baseUrl: string
  readonly idTokens: IdTokens
}

const COOKIE = 'portal_login'
const random = (): string => randomBytes(24).toString('base64url')

/** Where the browser goes to log in; a cookie binds the answer to this browser. */
export function startLogin(c: Context, { issuer, clientId, baseUrl }: RelyingParty, locale: string): string {
  const state = random()
  const nonce = random()
  setCookie(c, COOKIE, `${state}.${nonce}`, { path: '/login', httpOnly: true, sameSite: 'Lax', maxAge: 600 })
  const url = new URL('/oidc/authorize', issuer)
  url.search = new URLSearchParams({
    client_id: clientId,
    redirect_uri: `${baseUrl}/login/callback`,
    response_type: 'code',
    scope: 'openid idcard mid smartid',
    ui_locales: locale,
    state,
    nonce,
  }).toString()
  return url.href
}

/** Redeems the code that the browser brought. `cancelled` when the person broke off; throws when the answer can not be trusted. */
export async function finishLogin(c: Context, party: RelyingParty): Promise<Person | 'cancelled'> {
  const { issuer, clientId, secret, baseUrl, idTokens } = party
  const [state, nonce] = (getCookie(c, COOKIE) ?? '').split('.')
  deleteCookie(c, COOKIE, { path: '/login' })
  if (!state || !nonce || c.req.query('state') !== state)
    throw new Error('this browser started no such login')
  if (c.req.query('error') === 'user_cancel') return 'cancelled'
  const code = c.req.query('code')
  if (!code) throw new Error(`eID says ${c.req.query('error') ?? 'nothing'}`)
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    redirect_uri: `${baseUrl}/login/callback`,
    code,
  })
  const reply = await httpRequest({
    url: `${issuer}/oidc/token`,
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: Buffer.from(body.toString()),
    timeoutMs: 5000,
  })
  if (reply.status !== 200)
    throw new Error(`the token endpoint answers ${reply.status} ${reply.body.toString().slice(0, 200)}`)
  const { id_token } = Object(JSON.parse(reply.body.toString()))
  return idTokens.read(String(id_token), clientId, nonce)
}
