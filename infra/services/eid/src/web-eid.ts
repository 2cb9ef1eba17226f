import type { KeyObject } from 'node:crypto'
import { digest, hashOf, type Proof, Refused, readCertificate, signedBy } from './certificate.ts'

interface Token {
  readonly unverifiedCertificate: string
  readonly algorithm: string
  readonly signature: string
}

const ALGORITHMS: Readonly<Record<string, string>> = { sha256: 'ES256', sha384: 'ES384', sha512: 'ES512' }

/**
 * Checks a Web eID authentication token (JSON, format `web-eid:1`): the card signed hash(origin) + hash(nonce) with the key of a
 * certificate that the card authority issued. The caller guarantees that the nonce is ours, fresh and used once. Throws `Refused`.
 */
export function verifyWebEid(
  text: string,
  { origin, nonce, authority, now }: { origin: string; nonce: string; authority: KeyObject; now: Date },
): Proof {
  const token = parse(text)
  const { person, serial, key } = readCertificate(token.unverifiedCertificate, authority, now)
  const hash = hashOf(key)
  if (token.algorithm !== ALGORITHMS[hash]) throw new Refused(`${token.algorithm} is not of this key`)
  const signed = Buffer.concat([digest(hash, origin), digest(hash, nonce)])
  if (!signedBy(key, signed, token.signature)) throw new Refused('the card signed something else')
  return { person, serial }
}

function parse(text: string): Token {
  let token: Partial<Record<string, unknown>>
  try {
    token = Object(JSON.parse(text))
  } catch {
    throw new Refused('the token is not JSON')
  }
  const { format, unverifiedCertificate, algorithm, signature } = token
  if (typeof format !== 'string' || !/^web-eid:1(\.\d+)?$/.test(format))
    throw new Refused(`format ${JSON.stringify(format)} is unknown`)
  if (
    typeof unverifiedCertificate !== 'string' ||
    typeof algorithm !== 'string' ||
    typeof signature !== 'string'
  )
    throw new Refused('the token is incomplete')
  return { unverifiedCertificate, algorithm, signature }
}
