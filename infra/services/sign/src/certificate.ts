import { createPublicKey, type KeyObject, verify, X509Certificate } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate, id_ce_keyUsage, KeyUsage, KeyUsageFlags } from '@peculiar/asn1-x509'
import { type Signer, signerOf } from './xades.ts'
import { BadContainer } from './zip-error.ts'

/** Whose word counts: public keys (SPKI PEM) of the card authority and the time-stamping authority. */
export interface Trust {
  readonly cardAuthority: string
  readonly timeStamps: string
}

export interface SigningCertificate {
  readonly certificate: X509Certificate
  readonly key: KeyObject
  readonly signer: Signer
}

/** Reads a certificate (DER) that the card authority issued for signing. Whether it was valid at a time is another question. Throws `BadContainer`. */
export function signingCertificate(der: Buffer, trust: Trust): SigningCertificate {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(der)
  } catch {
    throw new BadContainer('this is no certificate')
  }
  if (!certificate.raw.equals(der)) throw new BadContainer('something follows after the certificate')
  if (!certificate.verify(createPublicKey(trust.cardAuthority)))
    throw new BadContainer('the certificate is not of the card authority')
  if (certificate.ca || !isForSigning(certificate))
    throw new BadContainer('the certificate is not made for signing')
  const signer = signerOf(certificate)
  if (!signer) throw new BadContainer('the certificate names nobody')
  return { certificate, key: certificate.publicKey, signer }
}

/** Key usage nonRepudiation: a signature that its holder can not deny. */
function isForSigning(certificate: X509Certificate): boolean {
  const { extensions } = AsnConvert.parse(certificate.raw, Certificate).tbsCertificate
  const usage = extensions?.find(({ extnID }) => extnID === id_ce_keyUsage)
  if (!usage) return false
  return (AsnConvert.parse(usage.extnValue.buffer, KeyUsage).toNumber() & KeyUsageFlags.nonRepudiation) !== 0
}

export const wasValid = ({ certificate }: SigningCertificate, at: Date): boolean =>
  at >= certificate.validFromDate && at <= certificate.validToDate

/** Whether `signature` (r and s side by side) over `data` was made with this key on P-256. */
export function signedBy(key: KeyObject, data: Buffer, signature: Buffer): boolean {
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return false
  return verify('sha256', data, { key, dsaEncoding: 'ieee-p1363' }, signature)
}
