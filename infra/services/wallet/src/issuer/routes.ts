import { createHash, type JsonWebKey } from 'node:crypto'
import { Hono } from 'hono'
import type { Database } from '../../../kit/database.ts'
import type { XroadClient } from '../../../kit/xroad-client.ts'
import type { Certified } from '../certify.ts'
import { answerError, formOf, OauthError } from '../oauth-error.ts'
import { enterCredential, statusListToken } from '../status-list.ts'
import { pidClaims, pidFrame, type Registered } from './claims.ts'
import { CREDENTIAL_SECONDS, openSigner } from './credential.ts'
import { CONFIGURATION, credentialOffer, issuerMetadata, PRE_AUTHORIZED, serverMetadata } from './metadata.ts'
import { findOffer, personOfToken, redeemOffer, useToken } from './offers.ts'
import { checkProof, makeNonce } from './proof.ts'

export interface Issuer {
  readonly db: Database
  readonly xroad: XroadClient
  /** Credential issuer identifier: the service's own address. */
  readonly baseUrl: string
  readonly pid: Certified
}

/** What wallets ask an issuer for, OpenID4VCI 1.0 with the pre-authorized code flow. */
export function issuerRoutes({ db, xroad, baseUrl, pid }: Issuer): Hono {
  const routes = new Hono()
  const signer = openSigner(baseUrl, pid)
  routes.onError((error, c) => answerError(c, error))

  routes.get('/.well-known/openid-credential-issuer', (c) => c.json(issuerMetadata(baseUrl)))
  routes.get('/.well-known/oauth-authorization-server', (c) => c.json(serverMetadata(baseUrl)))

  routes.get('/credential-offers/:id', async (c) => {
    const offer = await findOffer(db, c.req.param('id'))
    if (offer?.state !== 'open') return c.json({ error: 'There is no such offer any more' }, 404)
    return c.json(credentialOffer(baseUrl, offer.preAuthorized))
  })

  routes.post('/token', async (c) => {
    const form = await formOf(c)
    if (form.grant_type !== PRE_AUTHORIZED)
      throw new OauthError('unsupported_grant_type', `grant_type must be ${PRE_AUTHORIZED}`)
    const preAuthorized = form['pre-authorized_code']
    if (typeof preAuthorized !== 'string')
      throw new OauthError('invalid_request', 'pre-authorized_code is missing')
    const pin = typeof form.tx_code === 'string' ? form.tx_code : undefined
    const { token, expiresIn } = await redeemOffer(db, preAuthorized, pin)
    c.header('cache-control', 'no-store')
    return c.json({ access_token: token, token_type: 'Bearer', expires_in: expiresIn })
  })

  routes.post('/nonce', async (c) => {
    c.header('cache-control', 'no-store')
    return c.json({ c_nonce: await makeNonce(db) })
  })

  routes.post('/credential', async (c) => {
    const authorization = c.req.header('authorization')
    const code = await personOfToken(db, authorization)
    const asked = Object(await c.req.json().catch(() => null)) as Readonly<Record<string, unknown>>
    const holder = await checkProof(db, baseUrl, proofOf(asked))
    const person = await registered(xroad, code)
    if (!(await useToken(db, authorization)))
      throw new OauthError('invalid_token', 'The access token is not valid', 401)
    const claims = pidClaims(person, new Date().toISOString().slice(0, 10))
    const status = await enterCredential(db, baseUrl, {
      code,
      thumbprint: thumbprint(holder),
      expiresAt: new Date(Date.now() + CREDENTIAL_SECONDS * 1000),
    })
    const credential = await signer.issue({ claims, frame: pidFrame(claims), holder, status })
    c.header('cache-control', 'no-store')
    return c.json({ credentials: [{ credential }] })
  })

  routes.get('/status/:list{[0-9]{1,6}}', async (c) => {
    const token = await statusListToken(db, baseUrl, Number(c.req.param('list')), pid)
    if (!token) return c.json({ error: 'There is no such status list' }, 404)
    c.header('content-type', 'application/statuslist+jwt')
    c.header('cache-control', 'no-store')
    return c.body(token)
  })
  return routes
}

/** The one proof of a credential request. @throws OauthError */
function proofOf(asked: Readonly<Record<string, unknown>>): string {
  if (asked.credential_response_encryption !== undefined)
    throw new OauthError('invalid_encryption_parameters', 'Responses are not encrypted here')
  if (asked.credential_identifier !== undefined)
    throw new OauthError('unknown_credential_identifier', 'This issuer gives no credential identifiers')
  if (typeof asked.credential_configuration_id !== 'string')
    throw new OauthError('invalid_credential_request', 'credential_configuration_id is missing')
  if (asked.credential_configuration_id !== CONFIGURATION)
    throw new OauthError('unknown_credential_configuration', `This issuer gives ${CONFIGURATION} only`)
  const proofs: unknown = Object(asked.proofs).jwt
  if (!Array.isArray(proofs) || proofs.length !== 1 || typeof proofs[0] !== 'string')
    throw new OauthError('invalid_proof', 'proofs must hold one jwt')
  return proofs[0]
}

/** The person as the population register has them now. @throws OauthError */
async function registered(xroad: XroadClient, code: string): Promise<Registered> {
  const silent = (why: string) => {
    console.error(`no data for a credential: ${why}`)
    return new OauthError('credential_request_denied', 'The population register gives no data just now', 503)
  }
  const reply = await xroad({ service: 'population/persons', path: `/${code}`, user: code }).catch(
    (error: unknown) => {
      throw silent(String(error))
    },
  )
  if (reply.status !== 200) throw silent(`${reply.status} ${reply.xroadError ?? ''}`)
  const person = Object(reply.json()) as Registered & { readonly status: string }
  if (person.status !== 'alive')
    throw new OauthError('credential_request_denied', 'The register refuses a credential')
  return { ...person, code }
}

/** JWK thumbprint, RFC 7638. */
const thumbprint = ({ crv, kty, x, y }: JsonWebKey): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
