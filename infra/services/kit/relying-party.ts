import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import * as openid from 'openid-client'
import { oidcFetch } from './oidc-fetch.ts'
import { personalCode } from './xroad-provider.ts'

export interface Person {
  readonly code: string
  readonly name: string
}

export interface RelyingParty {
  /** Where the browser goes to log in. */
  start(c: Context, locale: string): Promise<string>
  /** Who came back. `cancelled` when the person broke off; throws when the answer can not be trusted. */
  finish(c: Context): Promise<Person | 'cancelled'>
}

/** Login through the state's eID: code flow with state, nonce and PKCE, bound to this browser by a cookie. */
export function relyingParty(options: {
  issuer: string
  clientId: string
  secret: string
  baseUrl: string
}): RelyingParty {
  const { issuer, clientId, secret, baseUrl } = options
  const cookie = `${clientId}_login`
  let known: Promise<openid.Configuration> | undefined
  const configuration = (): Promise<openid.Configuration> => {
    // The enclave's own network carries plain HTTP.
    known ??= openid.discovery(new URL(issuer), clientId, undefined, openid.ClientSecretBasic(secret), {
      execute: [openid.allowInsecureRequests],
      [openid.customFetch]: oidcFetch,
    })
    known.catch(() => {
      known = undefined
    })
    return known
  }
  return {
    async start(c, locale) {
      const state = openid.randomState()
      const nonce = openid.randomNonce()
      const verifier = openid.randomPKCECodeVerifier()
      setCookie(c, cookie, [state, nonce, verifier].join('.'), {
        path: '/login',
        httpOnly: true,
        sameSite: 'Lax',
        maxAge: 600,
      })
      const url = openid.buildAuthorizationUrl(await configuration(), {
        redirect_uri: `${baseUrl}/login/callback`,
        scope: 'openid idcard mid smartid',
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ui_locales: locale,
      })
      return url.href
    },
    async finish(c) {
      const [expectedState, expectedNonce, pkceCodeVerifier] = (getCookie(c, cookie) ?? '').split('.')
      if (!expectedState || !expectedNonce || !pkceCodeVerifier)
        throw new Error('this browser started no login')
      deleteCookie(c, cookie, { path: '/login' })
      if (c.req.query('error') === 'user_cancel' && c.req.query('state') === expectedState) return 'cancelled'
      const here = new URL(`/login/callback${new URL(c.req.url).search}`, baseUrl)
      const checks = { expectedState, expectedNonce, pkceCodeVerifier, idTokenExpected: true }
      const claims = (await openid.authorizationCodeGrant(await configuration(), here, checks)).claims()
      if (claims?.acr !== 'high') throw new Error('the login is not of the level high')
      const { given_name, family_name } = Object(claims.profile_attributes)
      return { code: personalCode(claims.sub), name: `${given_name} ${family_name}` }
    },
  }
}
