import { createPrivateKey } from 'node:crypto'
import type { Certified } from '../certify.ts'
import { seconds, signedJwt } from '../jws.ts'
import type { Verification } from './verifications.ts'

const SECONDS = 600

/** Client identifier of a verifier that is known by the DNS name in its certificate (OpenID4VP 1.0 section 5.9.3). */
export const clientIdOf = (baseUrl: string): string => `x509_san_dns:${new URL(baseUrl).hostname}`

/** What the link or code for the wallet says: the request itself is fetched. */
export const requestLink = (baseUrl: string, id: string): string =>
  `openid4vp://?${new URLSearchParams({ client_id: clientIdOf(baseUrl), request_uri: `${baseUrl}/verify/requests/${id}` })}`

/** The signed authorization request (`oauth-authz-req+jwt`, RFC 9101) of a verification. */
export function requestObject(
  baseUrl: string,
  verification: Verification,
  name: string,
  access: Certified,
  walletNonce: string | undefined,
): string {
  const now = seconds()
  const payload = {
    iss: clientIdOf(baseUrl),
    aud: 'https://self-issued.me/v2',
    iat: now,
    exp: now + SECONDS,
    response_type: 'vp_token',
    response_mode: 'direct_post',
    client_id: clientIdOf(baseUrl),
    response_uri: `${baseUrl}/verify/responses/${verification.id}`,
    nonce: verification.nonce,
    state: verification.opaque,
    dcql_query: verification.purpose.query,
    client_metadata: {
      client_name: name,
      vp_formats_supported: {
        'dc+sd-jwt': { 'sd-jwt_alg_values': ['ES256'], 'kb-jwt_alg_values': ['ES256'] },
      },
    },
    ...(walletNonce ? { wallet_nonce: walletNonce } : {}),
  }
  return signedJwt(
    { typ: 'oauth-authz-req+jwt', x5c: [access.certificate] },
    payload,
    createPrivateKey(access.key),
  )
}
