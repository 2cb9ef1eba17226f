import { type KeyObject, X509Certificate } from 'node:crypto'

/** An authority whose certificates are believed: a line of a trust list. */
export interface Anchor {
  readonly name: string
  readonly key: KeyObject
}

const LONGEST_CHAIN = 3

/**
 * The key of the first certificate of an `x5c` header, when the chain leads to one of the anchors. Null when it does not, when a certificate
 * is outside its time, or when the header is none. An anchor's own certificate is not part of the chain.
 */
export function trustedKey(x5c: unknown, anchors: readonly Anchor[], now = new Date()): KeyObject | null {
  const chain = readChain(x5c)
  const [leaf] = chain
  const top = chain.at(-1)
  if (!leaf || !top) return null
  const inTime = (c: X509Certificate) => new Date(c.validFrom) <= now && now <= new Date(c.validTo)
  if (!chain.every(inTime)) return null
  for (const [i, certificate] of chain.slice(0, -1).entries()) {
    const issuer = chain[i + 1] as X509Certificate
    if (!issuer.ca || !certificate.checkIssued(issuer) || !certificate.verify(issuer.publicKey)) return null
  }
  const anchored = anchors.some(({ name, key }) => top.issuer === `CN=${name}` && top.verify(key))
  return anchored ? leaf.publicKey : null
}

function readChain(x5c: unknown): readonly X509Certificate[] {
  if (!Array.isArray(x5c) || x5c.length > LONGEST_CHAIN) return []
  try {
    return x5c.map((text) => new X509Certificate(Buffer.from(String(text), 'base64')))
  } catch {
    return []
  }
}
