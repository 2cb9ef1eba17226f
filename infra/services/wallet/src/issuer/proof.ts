import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import type { Database } from '../../../kit/database.ts'
import { jwtPart, randomText, seconds, signatureHolds } from '../jws.ts'
import { OauthError } from '../oauth-error.ts'

const NONCE_SECONDS = 300
const OLDEST_SECONDS = 300
const SKEW_SECONDS = 60
/** Members of a JWK that only its owner may know, of any kind of key (RFC 7518 section 6; `priv` of post-quantum keys). */
const SECRET = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv']

/** A fresh `c_nonce`, good for one proof. */
export async function makeNonce(db: Database): Promise<string> {
  const value = randomText()
  await db.query('delete from nonce where until < now()')
  await db.query('insert into nonce (value, until) values ($1, now() + make_interval(secs => $2))', [
    value,
    NONCE_SECONDS,
  ])
  return value
}

/** Public part of an EC key on P-256, as `cnf` carries it. Null when it is another key. */
export function publicEcKey(jwk: unknown): { readonly key: KeyObject; readonly jwk: JsonWebKey } | null {
  const { kty, crv, x, y } = Object(jwk)
  if (kty !== 'EC' || crv !== 'P-256') return null
  try {
    const key = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' })
    return { key, jwk: { kty, crv, x, y } }
  } catch {
    return null
  }
}

/**
 * Checks a wallet's proof that it has a key (`jwt` proof, OpenID4VCI 1.0 appendix F.1) and uses up its nonce.
 * @throws OauthError invalid_proof, invalid_nonce
 */
export async function checkProof(db: Database, issuer: string, proof: string): Promise<JsonWebKey> {
  const wrong = (why: string) => new OauthError('invalid_proof', why)
  let header: Readonly<Record<string, unknown>>
  let payload: Readonly<Record<string, unknown>>
  try {
    header = jwtPart(proof, 0)
    payload = jwtPart(proof, 1)
  } catch {
    throw wrong('The proof is no JWT')
  }
  if (header.typ !== 'openid4vci-proof+jwt' || header.alg !== 'ES256')
    throw wrong('The proof must have the type openid4vci-proof+jwt and the algorithm ES256')
  const told = SECRET.filter((member) => Object.hasOwn(Object(header.jwk), member))
  if (told.length > 0) throw wrong(`The header jwk must be a public key, without ${told.join(', ')}`)
  const held = publicEcKey(header.jwk)
  if (!held) throw wrong('The header jwk must hold a public EC key on P-256')
  const [head, body, given = ''] = proof.split('.')
  if (!signatureHolds(`${head}.${body}`, given, held.key))
    throw wrong('The signature of the proof does not hold')
  if (payload.aud !== issuer) throw wrong('The proof is for another issuer')
  const age = seconds() - Number(payload.iat)
  if (!(age <= OLDEST_SECONDS && age >= -SKEW_SECONDS)) throw wrong('The proof is not fresh')
  const { rowCount } = await db.query('delete from nonce where value = $1 and until > now()', [
    String(payload.nonce ?? ''),
  ])
  if (rowCount !== 1)
    throw new OauthError('invalid_nonce', 'The nonce is not one of this issuer, or was used')
  return held.jwk
}
