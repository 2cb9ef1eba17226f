import { randomUUID } from 'node:crypto'
import Provider, { type Configuration, interactionPolicy } from 'oidc-provider'
import { acceptedLanguage } from '../../kit/html.ts'
import { registeredClients } from './clients.ts'
import type { Login } from './login.ts'
import { errorPage } from './pages.ts'
import type { Keys } from './signing-key.ts'

/** What TARA's token says beyond the standard claims, kept from the login until the code is redeemed. */
interface Issued extends Login {
  readonly state: string
  readonly until: number
}

const CODE_SECONDS = 30
const TOKEN_SECONDS = 40
const LOGIN_SECONDS = 300
/** What a login gave is asked for until its code and then its token lapse. */
const GRANT_SECONDS = CODE_SECONDS + TOKEN_SECONDS

/** A login counts for `max_age` seconds, also when the browser went on to the service late (OpenID Connect Core 3.1.2.1). */
const loginTooOld = new interactionPolicy.Check(
  'login_too_old',
  'End-User authentication is required',
  (ctx) => {
    const { params, session } = ctx.oidc
    return params?.max_age !== undefined && session?.past(Number(params.max_age)) === true
  },
)

/**
 * The OpenID provider as TARA speaks it: code flow only, no single sign-on (each login is a fresh one), Basic client
 * authentication, RS256, and `state` and `profile_attributes` in the ID token.
 */
export function createProvider(issuer: string, keys: Keys): Provider {
  const issued = new Map<string, Issued>()
  // No timer for each: one that is set within a request holds on to all of it, by its asynchronous context.
  const keep = (id: string, login: Login, state: string): void => {
    const now = Date.now()
    for (const [old, { until }] of issued) {
      if (until > now) break
      issued.delete(old)
    }
    issued.set(id, { ...login, state, until: now + GRANT_SECONDS * 1000 })
  }
  const policy = interactionPolicy.base()
  policy.remove('consent')
  policy.get('login')?.checks.add(loginTooOld)

  const configuration: Configuration = {
    clients: registeredClients(),
    jwks: keys.jwks,
    cookies: { keys: [...keys.cookieKeys] },
    scopes: ['openid', 'idcard', 'mid', 'smartid'],
    claims: {
      openid: [
        'sub',
        'acr',
        'amr',
        'jti',
        'nbf',
        'state',
        'profile_attributes',
        'given_name',
        'family_name',
        'date_of_birth',
      ],
    },
    acrValues: ['low', 'substantial', 'high'],
    responseTypes: ['code'],
    clientAuthMethods: ['client_secret_basic'],
    pkce: { required: () => false },
    routes: {
      authorization: '/oidc/authorize',
      token: '/oidc/token',
      jwks: '/oidc/jwks',
      userinfo: '/oidc/profile',
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
    },
    discovery: { ui_locales_supported: ['en', 'et', 'ja'] },
    ttl: {
      AuthorizationCode: CODE_SECONDS,
      AccessToken: TOKEN_SECONDS,
      IdToken: TOKEN_SECONDS,
      Interaction: LOGIN_SECONDS,
      Session: LOGIN_SECONDS,
      Grant: GRANT_SECONDS,
    },
    expiresWithSession: () => false,
    async renderError(ctx, { error, error_description: why }) {
      ctx.type = 'html'
      ctx.body = String(
        await errorPage(acceptedLanguage(ctx.get('accept-language')), `${error}: ${why ?? ''}`),
      )
    },
    interactions: { policy, url: (_, interaction) => `/login/${interaction.uid}` },
    async loadExistingGrant(ctx) {
      const login = ctx.oidc.result?.login
      const client = ctx.oidc.client
      if (!login || !client) return undefined
      const grant = new ctx.oidc.provider.Grant({ accountId: login.accountId, clientId: client.clientId })
      grant.addOIDCScope('openid idcard mid smartid')
      const id = await grant.save()
      keep(id, login.tara as Login, String(ctx.oidc.params?.state ?? ''))
      return grant
    },
    findAccount: (_, sub, token) => ({
      accountId: sub,
      claims(use) {
        const found = issued.get(token?.grantId ?? '')
        return { sub, ...(found ? claimsOf(found, use) : {}) }
      },
    }),
  }
  const provider = new Provider(issuer, configuration)
  // TARA keeps nobody logged in: the session ends with the code.
  provider.use(async (ctx, next) => {
    await next()
    if (ctx.oidc?.entities.AuthorizationCode) await ctx.oidc.session?.destroy()
  })
  return provider
}

function claimsOf({ person, method, state }: Issued, use: string): Record<string, unknown> {
  const profile = { date_of_birth: person.birth, given_name: person.given, family_name: person.family }
  if (use !== 'id_token') return { acr: 'high', amr: [method], ...profile }
  return { jti: randomUUID(), nbf: Math.floor(Date.now() / 1000), state, profile_attributes: profile }
}
