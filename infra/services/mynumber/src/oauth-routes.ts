import { type Context, Hono } from 'hono'
import type { Database } from '../../kit/database.ts'
import { environment } from '../../kit/secrets.ts'
import { authenticatedClient, type Client, ITEMS, type Item, isItem } from './clients.ts'
import { hashed, issueToken, pushConsent, TOKEN_SECONDS, takeCode } from './consents.ts'
import { readText } from './input.ts'

/** Type of the details that a request must carry (RFC 9396). */
export const DETAILS_TYPE = 'self_information'
export const REQUEST_URI = 'urn:ietf:params:oauth:request_uri:'

type Fields = Readonly<Record<string, unknown>>

/** The back channel of web services: OAuth 2.0 with pushed requests (RFC 9126), PKCE (RFC 7636) and authorization details (RFC 9396). */
export function oauthRoutes(db: Database): Hono {
  const routes = new Hono()
  const issuer = environment('BASE_URL')
  const failure = (c: Context, error: string, why: string): Response =>
    c.json({ error, error_description: why }, 400, { 'cache-control': 'no-store' })
  const unknownClient = (c: Context): Response =>
    c.json({ error: 'invalid_client', error_description: 'The client did not prove itself' }, 401, {
      'www-authenticate': 'Basic realm="mynumber"',
      'cache-control': 'no-store',
    })

  routes.get('/.well-known/oauth-authorization-server', (c) =>
    c.json({
      issuer,
      authorization_endpoint: `${issuer}/oauth/authorize`,
      token_endpoint: `${issuer}/oauth/token`,
      pushed_authorization_request_endpoint: `${issuer}/oauth/par`,
      require_pushed_authorization_requests: true,
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code'],
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic'],
      authorization_details_types_supported: [DETAILS_TYPE],
      authorization_response_iss_parameter_supported: true,
      ui_locales_supported: ['ja', 'en', 'et'],
    }),
  )

  routes.post('/oauth/par', async (c) => {
    const client = authenticatedClient(c.req.header('authorization'))
    if (!client) return unknownClient(c)
    const form: Fields = await c.req.parseBody()
    const { state, code_challenge: codeChallenge } = form
    // What is pushed is the request itself: neither a reference to another (RFC 9126 section 2.1) nor a signed one, which would be overlooked.
    if (form.request_uri) return failure(c, 'invalid_request', 'request_uri is not for a pushed request')
    if (form.request) return failure(c, 'request_not_supported', 'signed requests are not taken here')
    if (form.client_id !== undefined && form.client_id !== client.id)
      return failure(c, 'invalid_request', 'client_id is of another client')
    if (form.response_type !== 'code')
      return failure(c, 'unsupported_response_type', 'response_type must be code')
    if (form.redirect_uri !== client.redirectUri)
      return failure(c, 'invalid_request', 'redirect_uri is not the registered one')
    if (typeof state !== 'string' || state.length < 8 || state.length > 500)
      return failure(c, 'invalid_request', 'state must have 8 characters at least')
    if (form.code_challenge_method !== 'S256' || !/^[\w-]{43}$/.test(String(codeChallenge)))
      return failure(c, 'invalid_request', 'code_challenge of the method S256 is missing')
    const asked = readDetails(form.authorization_details, client)
    if (!asked)
      return failure(
        c,
        'invalid_authorization_details',
        `one of the type ${DETAILS_TYPE} with items and purpose`,
      )
    const pushed = {
      client: client.id,
      redirectUri: client.redirectUri,
      state,
      codeChallenge: String(codeChallenge),
    }
    const { id, expiresIn } = await pushConsent(db, { ...pushed, ...asked })
    return c.json({ request_uri: `${REQUEST_URI}${id}`, expires_in: expiresIn }, 201, {
      'cache-control': 'no-store',
    })
  })

  routes.post('/oauth/token', async (c) => {
    const client = authenticatedClient(c.req.header('authorization'))
    if (!client) return unknownClient(c)
    const form: Fields = await c.req.parseBody()
    if (form.grant_type !== 'authorization_code')
      return failure(c, 'unsupported_grant_type', 'grant_type must be authorization_code')
    const consent = await takeCode(db, String(form.code ?? ''))
    if (consent?.client !== client.id || form.redirect_uri !== consent.redirectUri)
      return failure(c, 'invalid_grant', 'The code is not valid')
    if (hashed(String(form.code_verifier ?? '')) !== consent.codeChallenge)
      return failure(c, 'invalid_grant', 'code_verifier does not fit')
    return c.json(
      {
        access_token: await issueToken(db, consent.id),
        token_type: 'Bearer',
        expires_in: TOKEN_SECONDS,
        authorization_details: [{ type: DETAILS_TYPE, items: consent.granted, purpose: consent.purpose }],
      },
      200,
      { 'cache-control': 'no-store' },
    )
  })
  return routes
}

/** Items and purpose of `authorization_details` (JSON); null when the client may not ask so. */
export function readDetails(
  json: unknown,
  client: Client,
): { items: readonly Item[]; purpose: string } | null {
  let details: unknown
  try {
    details = JSON.parse(String(json))
  } catch {
    return null
  }
  if (!Array.isArray(details) || details.length !== 1) return null
  const { type, items, purpose } = Object(details[0])
  const why = readText(purpose)
  if (type !== DETAILS_TYPE || !why || !Array.isArray(items) || items.length === 0) return null
  if (!items.every((item) => isItem(item) && client.items.includes(item))) return null
  return { items: ITEMS.filter((item) => items.includes(item)), purpose: why }
}
