import { SDJwtVcInstance } from '@sd-jwt/sd-jwt-vc'
import { publicEcKey } from '../issuer/proof.ts'
import { hasher, jwtPart, seconds, signatureHolds } from '../jws.ts'
import { type Anchor, trustedKey } from '../trust.ts'
import { answers, askedClaims, CREDENTIAL, type Purpose } from './purposes.ts'
import { Refusal } from './refusal.ts'
import { fetchStatusList } from './status-check.ts'

export interface Expected {
  readonly purpose: Purpose
  readonly nonce: string
  /** The verifier's own client identifier. */
  readonly audience: string
  /** Authorities of issuers. */
  readonly anchors: readonly Anchor[]
}

const SKEW_SECONDS = 60
const OLDEST_SECONDS = 300
const VALID = 0

/**
 * Checks a `vp_token` with one SD-JWT VC and its key binding, and gives the claims that the purpose asks for.
 * OpenID4VP 1.0 section 8.6, SD-JWT (RFC 9901) section 7.3, Token Status List.
 * @throws Refusal
 */
export async function checkPresentation(
  vpToken: unknown,
  { purpose, nonce, audience, anchors }: Expected,
): Promise<Record<string, unknown>> {
  const presented = presentationOf(vpToken)
  const issuerKey = trustedKey(jwtHeader(presented).x5c, anchors)
  if (!issuerKey) throw new Refusal('untrustedIssuer', 'the issuer is not in the trust list')
  const library = new SDJwtVcInstance({
    hasher,
    verifier: (data, signature) => signatureHolds(data, signature, issuerKey),
    kbVerifier: (data, signature, credential) => {
      const key = publicEcKey(Object(credential.cnf).jwk)?.key
      if (!key || !signatureHolds(data, signature, key))
        throw new Refusal('holderUnproven', "the key binding is not signed with the credential's key")
      return true
    },
    statusListFetcher: (uri) => fetchStatusList(uri, anchors),
    // The fetcher has checked the list's signature, which may be of another certificate than the credential's.
    statusVerifier: () => true,
    statusValidator: async (status) => {
      if (status !== VALID) throw new Refusal('revoked', `the status is ${status}`)
    },
  })
  const { payload, kb } = await library
    .verify(presented, { keyBindingNonce: nonce, skewSeconds: SKEW_SECONDS })
    .catch((error: unknown) => {
      if (error instanceof Refusal) throw error
      throw new Refusal(
        /key binding|nonce|sd_hash/i.test(String(error)) ? 'holderUnproven' : 'notValid',
        String(error),
      )
    })
  if (!payload.status?.status_list) throw new Refusal('statusUnknown', 'the credential names no status list')
  if (kb?.payload.aud !== audience)
    throw new Refusal('holderUnproven', 'the key binding is for another verifier')
  const age = seconds() - Number(kb.payload.iat)
  if (!(age <= OLDEST_SECONDS && age >= -SKEW_SECONDS))
    throw new Refusal('holderUnproven', 'the key binding is not fresh')
  const claims = payload as Readonly<Record<string, unknown>>
  if (!answers(purpose.query, payload.vct, claims))
    throw new Refusal('notAsked', 'the disclosed claims are not what was asked for')
  return askedClaims(purpose.query, claims)
}

/** The one presentation of a `vp_token` (JSON, by credential id of the query). */
function presentationOf(vpToken: unknown): string {
  try {
    const tokens: unknown = JSON.parse(String(vpToken))
    const [id, ...others] = Object.keys(Object(tokens))
    const presented: unknown = Object(tokens)[CREDENTIAL]
    if (id === CREDENTIAL && others.length === 0 && Array.isArray(presented) && presented.length === 1)
      if (typeof presented[0] === 'string') return presented[0]
  } catch {}
  throw new Refusal('malformed', `vp_token must be {"${CREDENTIAL}": [presentation]}`)
}

function jwtHeader(presented: string): Readonly<Record<string, unknown>> {
  try {
    const header = jwtPart(presented.split('~')[0] ?? '', 0)
    if (header.typ === 'dc+sd-jwt' && header.alg === 'ES256') return header
  } catch {}
  throw new Refusal('malformed', 'the presentation is no dc+sd-jwt with ES256')
}
