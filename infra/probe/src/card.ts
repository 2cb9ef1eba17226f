import 'reflect-metadata'
import { createECDH, createHash, createPrivateKey, hkdfSync, type KeyObject, sign } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { cardSerial } from '../../services/kit/card-serial.ts'
import { ALGORITHM, importPair, keyOf, YEARS_MS } from './certificate.ts'
import { type CardUse, StepFailure } from './steps.ts'

export interface Holder {
  readonly code: string
  readonly given: string
  readonly family: string
}

interface Card {
  readonly key: KeyObject
  /** DER, base64. */
  readonly certificate: string
}

const cards = new Map<string, Promise<Card>>()

/** A chip's key on P-256, always the same for the same `authority`, kind of card (`info`) and `label`: what a chip would never give out. */
export function chipKey(authority: string, info: string, label: string): KeyObject {
  for (let attempt = 0; ; attempt++) {
    const scalar = Buffer.from(hkdfSync('sha256', authority, info, `${label}/${attempt}`, 32))
    const ecdh = createECDH('prime256v1')
    try {
      ecdh.setPrivateKey(scalar)
    } catch {
      continue
    }
    const point = ecdh.getPublicKey()
    const part = (from: number) => point.subarray(from, from + 32).toString('base64url')
    const jwk = { kty: 'EC', crv: 'P-256', d: scalar.toString('base64url'), x: part(1), y: part(33) }
    return createPrivateKey({ key: jwk, format: 'jwk' })
  }
}

const attribute = (text: string) => text.replace(/([,+"\\<>;=#])/g, '\\$1')

/** Issues the person's certificate, in the form of Estonian cards: `CN=FAMILY\,GIVEN\,CODE`, serial number `PNOEE-CODE`. */
async function issue(authority: string, holder: Holder, use: CardUse['certificate']): Promise<Card> {
  const key = chipKey(authority, 'kilp card', `${holder.code}/${use}`)
  const issuer = await importPair(keyOf(authority))
  const cn = attribute(`${holder.family.toUpperCase()},${holder.given.toUpperCase()},${holder.code}`)
  const usage =
    use === 'authentication' ? x509.KeyUsageFlags.digitalSignature : x509.KeyUsageFlags.nonRepudiation
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: cardSerial(holder.code, use),
    subject: `CN=${cn}, SN=${attribute(holder.family.toUpperCase())}, G=${attribute(holder.given.toUpperCase())}, 2.5.4.5=PNOEE-${holder.code}, C=EE`,
    issuer: 'CN=Meremaa Card CA, O=Meremaa, C=EE',
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + YEARS_MS),
    signingAlgorithm: ALGORITHM,
    publicKey: (await importPair(key)).publicKey,
    signingKey: issuer.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(usage, true),
      ...(use === 'authentication'
        ? [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])]
        : []),
      new x509.AuthorityInfoAccessExtension({ ocsp: 'http://eid/ocsp' }),
    ],
  })
  return { key, certificate: Buffer.from(certificate.rawData).toString('base64') }
}

/**
 * What a reader with this card gives back: a Web eID authentication token (format web-eid:1.0: ES256 over
 * SHA-256(origin) + SHA-256(nonce)), or with `digest` the certificate and an ES256 signature over those
 * bytes (they are hashed once more). Body of the step, JSON.
 */
export async function useCard(authority: string, holder: Holder, use: CardUse): Promise<string> {
  if (!authority)
    throw new StepFailure('fault', {
      expected: 'the key of the card authority',
      received: 'the probe has no CARD_CA_KEY',
    })
  const card = await cardOf(authority, holder, use.certificate)
  const signature = (data: Buffer) =>
    sign('sha256', data, { key: card.key, dsaEncoding: 'ieee-p1363' }).toString('base64')
  if (use.digest)
    return JSON.stringify({
      certificate: card.certificate,
      algorithm: 'ES256',
      signature: signature(Buffer.from(use.digest, 'base64')),
    })
  const sha256 = (text: string) => createHash('sha256').update(text).digest()
  return JSON.stringify({
    unverifiedCertificate: card.certificate,
    algorithm: 'ES256',
    signature: signature(Buffer.concat([sha256(use.origin), sha256(use.nonce)])),
    format: 'web-eid:1.0',
    appVersion: 'https://web-eid.eu/web-eid-app/releases/2.7.0+0',
  })
}

/** The person's card for one use; issued when it is first needed. */
export function cardOf(authority: string, holder: Holder, use: CardUse['certificate']): Promise<Card> {
  const id = createHash('sha256').update(`${authority}/${holder.code}/${use}`).digest('hex')
  return cards.get(id) ?? remember(id, issue(authority, holder, use))
}

function remember(id: string, card: Promise<Card>): Promise<Card> {
  if (cards.size > 2_000) cards.clear()
  cards.set(id, card)
  return card
}
