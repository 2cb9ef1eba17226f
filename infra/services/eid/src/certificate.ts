import { createHash, type KeyObject, verify, X509Certificate } from 'node:crypto'

/** Somebody whose certificate the state's card authority issued. */
export interface Person {
  /** Personal code, eleven digits. */
  readonly code: string
  readonly given: string
  readonly family: string
  /** `YYYY-MM-DD`, as the personal code states it. */
  readonly birth: string
}

/** Who signed, and with which certificate (its serial number, hex). */
export interface Proof {
  readonly person: Person
  readonly serial: string
}

/** What was wrong with a proof of identity. The message is for the log; the person sees a plain sentence. */
export class Refused extends Error {
  override name = 'Refused'
}

const CLIENT_AUTHENTICATION = '1.3.6.1.5.5.7.3.2'
const CENTURIES: Readonly<Record<string, number>> = { 1: 18, 2: 18, 3: 19, 4: 19, 5: 20, 6: 20, 7: 21, 8: 21 }

/** Reads an authentication certificate (base64 DER) after checking issuer, validity and purpose. Throws `Refused`. */
export function readCertificate(base64: string, authority: KeyObject, now: Date): Proof & { key: KeyObject } {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(Buffer.from(base64, 'base64'))
  } catch {
    throw new Refused('this is no certificate')
  }
  if (!certificate.verify(authority)) throw new Refused('the certificate is not of the card authority')
  if (now < new Date(certificate.validFrom) || now > new Date(certificate.validTo))
    throw new Refused(`the certificate is valid from ${certificate.validFrom} to ${certificate.validTo}`)
  if (certificate.ca || !certificate.keyUsage?.includes(CLIENT_AUTHENTICATION))
    throw new Refused('the certificate is not for authentication')
  const subject = new Map(
    certificate.subject.split('\n').map((line) => {
      const [key = '', ...value] = line.split('=')
      // Node prints special characters of a name with a backslash before them.
      return [key, value.join('=').replace(/\\(.)/g, '$1')] as const
    }),
  )
  const code = /^PNOEE-(\d{11})$/.exec(subject.get('serialNumber') ?? '')?.[1]
  const given = subject.get('GN')
  const family = subject.get('SN')
  if (!code || !given || !family) throw new Refused(`the certificate names nobody: ${certificate.subject}`)
  const person = { code, given, family, birth: birthOf(code) }
  return { person, serial: certificate.serialNumber, key: certificate.publicKey }
}

function birthOf(code: string): string {
  const century = CENTURIES[code[0] ?? '']
  if (!century) throw new Refused(`${code} is no personal code`)
  return `${century}${code.slice(1, 3)}-${code.slice(3, 5)}-${code.slice(5, 7)}`
}

/** Hash of each elliptic curve's signature, by the curve's name in Node. */
const HASHES: Readonly<Record<string, string>> = {
  prime256v1: 'sha256',
  secp384r1: 'sha384',
  secp521r1: 'sha512',
}

export function hashOf(key: KeyObject): string {
  const hash = HASHES[key.asymmetricKeyDetails?.namedCurve ?? '']
  if (key.asymmetricKeyType !== 'ec' || !hash) throw new Refused('the card has no key on a known curve')
  return hash
}

/** Whether `signature` (r and s side by side, base64) over `data` was made with the certificate's key. */
export function signedBy(key: KeyObject, data: Buffer, signature: string): boolean {
  return verify(hashOf(key), data, { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64'))
}

export const digest = (hash: string, data: string): Buffer => createHash(hash).update(data).digest()
