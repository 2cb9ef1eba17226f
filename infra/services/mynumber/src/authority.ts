import 'reflect-metadata'
import { type KeyObject, randomBytes } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { SubjectPublicKeyInfo } from '@peculiar/asn1-x509'
import * as x509 from '@peculiar/x509'
import type { Queryable } from '../../kit/database.ts'
import { type FourInformation, fourInformationExtension } from './four-information.ts'
import { ALGORITHM, importPair, keyOf } from './keys.ts'

/** The two certificates of a card: one says only that it is the same person again, the other who that is. */
export const USES = ['authentication', 'signature'] as const
export type Use = (typeof USES)[number]
export const isUse = (text: unknown): text is Use => USES.some((use) => use === text)

/** The authority of one kind of certificate. */
export interface Authority {
  readonly use: Use
  readonly key: KeyObject
  /** DER of its own certificate. */
  readonly certificate: Buffer
  /** DER of its name, and the bits of its public key: OCSP names an issuer by their hashes (RFC 6960 4.1.1). */
  readonly name: Buffer
  readonly keyBits: Buffer
}

export type Authorities = Readonly<Record<Use, Authority>>

export interface Issued {
  /** Hex. */
  readonly serial: string
  /** DER, base64. */
  readonly der: string
  readonly notAfter: Date
}

const DAY_MS = 86_400_000
const VALID_MS = 5 * 365 * DAY_MS
const KEY_USAGE: Readonly<Record<Use, x509.KeyUsageFlags>> = {
  authentication: x509.KeyUsageFlags.digitalSignature,
  signature: x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation,
}
const nameOf = (use: Use): string =>
  `C=JP, O=JPKI, OU=JPKI for ${use === 'authentication' ? 'user authentication' : 'digital signature'}, CN=Agency for Local Authority Information Systems`

/** Positive, 128 bits, and without a leading zero: one way to write it. */
const newSerial = (): string => {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return bytes.toString('hex')
}

/** Opens both authorities. Their certificates are made once and kept, so that relying parties can hold on to them. */
export async function openAuthorities(
  db: Queryable,
  keys: Readonly<Record<Use, string>>,
): Promise<Authorities> {
  const open = async (use: Use): Promise<Authority> => {
    const key = keyOf(keys[use])
    const { rows } = await db.query('select certificate from authority where use = $1', [use])
    const kept = rows[0]?.certificate
    const certificate = kept ? Buffer.from(kept, 'base64') : await selfCertificate(use, key)
    if (!kept)
      await db.query('insert into authority (use, certificate) values ($1, $2)', [
        use,
        certificate.toString('base64'),
      ])
    const read = new x509.X509Certificate(certificate)
    return {
      use,
      key,
      certificate,
      name: Buffer.from(read.subjectName.toArrayBuffer()),
      keyBits: Buffer.from(AsnConvert.parse(read.publicKey.rawData, SubjectPublicKeyInfo).subjectPublicKey),
    }
  }
  return { authentication: await open('authentication'), signature: await open('signature') }
}

async function selfCertificate(use: Use, key: KeyObject): Promise<Buffer> {
  const keys = await importPair(key)
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerial(),
    name: nameOf(use),
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 2 * VALID_MS),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign | x509.KeyUsageFlags.digitalSignature,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return Buffer.from(certificate.rawData)
}

/** A card's request (PKCS#10, base64) holds a key that the card can use; null otherwise. */
export async function readRequest(base64: unknown): Promise<x509.Pkcs10CertificateRequest | null> {
  if (typeof base64 !== 'string') return null
  try {
    const request = new x509.Pkcs10CertificateRequest(Buffer.from(base64, 'base64'))
    return (await request.verify()) ? request : null
  } catch {
    return null
  }
}

/** Issues a certificate for a card's key. `person` is put into signature certificates only. */
export async function issue(
  authority: Authority,
  request: x509.Pkcs10CertificateRequest,
  { person, ocsp }: { person: FourInformation; ocsp: string },
): Promise<Issued> {
  const serial = newSerial()
  const notAfter = new Date(Date.now() + VALID_MS)
  const issuer = new x509.X509Certificate(authority.certificate)
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial,
    // A name that says nothing about the person.
    subject: `C=JP, O=JPKI, CN=${randomBytes(13).toString('hex').toUpperCase()}`,
    issuer: issuer.subjectName,
    notBefore: new Date(Date.now() - 60_000),
    notAfter,
    signingAlgorithm: ALGORITHM,
    publicKey: request.publicKey,
    signingKey: (await importPair(authority.key)).privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(KEY_USAGE[authority.use], true),
      await x509.SubjectKeyIdentifierExtension.create(request.publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
      new x509.AuthorityInfoAccessExtension({ ocsp }),
      ...(authority.use === 'signature'
        ? [fourInformationExtension(person)]
        : [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])]),
    ],
  })
  return { serial, der: Buffer.from(certificate.rawData).toString('base64'), notAfter }
}
