import { createHash, type KeyObject, X509Certificate } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate, id_ce_keyUsage, KeyUsage, KeyUsageFlags } from '@peculiar/asn1-x509'
import { type FlattenedJWSInput, flattenedVerify } from 'jose'
import { type Cipher, readCipher, writeCipher } from '../../kit/voting/ballot.ts'
import { Malformed } from '../../kit/voting/group.ts'
import { RpcError } from './rpc-error.ts'

/** The outer envelope, opened: who signed which encrypted ballot. */
export interface SignedVote {
  /** Personal code of the signer. */
  readonly voter: string
  readonly election: string
  readonly cipher: Cipher
  /** What the signer's own device says about the time. It decides nothing. */
  readonly signedAt: Date | null
  /** SHA-256 of the envelope's signing input and signature: what is time-stamped. */
  readonly digest: Buffer
}

/**
 * Reads a signed vote: a flattened JWS (RFC 7515), ES256, with the signer's certificate in the header `x5c` and the payload
 * `{election, a, b}`. `at` is the moment at which the certificate must be valid. Throws `RpcError` BAD_REQUEST or BAD_CERTIFICATE.
 */
export async function readSignedVote(envelope: string, authority: KeyObject, at: Date): Promise<SignedVote> {
  const jws = parse(envelope)
  const certificate = readCertificate(jws.header?.x5c)
  const voter = signerOf(certificate, authority, at)
  const { payload, protectedHeader } = await flattenedVerify(jws, certificate.publicKey, {
    algorithms: ['ES256'],
  }).catch(() => {
    throw new RpcError('BAD_REQUEST', 'the signature is not of the signer of the certificate')
  })
  const { election, a, b } = objectOf(new TextDecoder().decode(payload))
  if (typeof election !== 'string') throw new RpcError('BAD_REQUEST', 'the ballot names no election')
  const iat = protectedHeader?.iat
  return {
    voter,
    election,
    cipher: cipherOf(a, b),
    signedAt: typeof iat === 'number' ? new Date(iat * 1000) : null,
    digest: createHash('sha256').update(`${jws.protected}.${jws.payload}.${jws.signature}`).digest(),
  }
}

/** Who signs with this certificate: it is of the card authority, valid, and for signatures. */
function signerOf(certificate: X509Certificate, authority: KeyObject, at: Date): string {
  if (!certificate.verify(authority)) throw bad('it is not of the card authority')
  if (at < new Date(certificate.validFrom) || at > new Date(certificate.validTo)) throw bad('it is not valid')
  if (certificate.ca || !isForSignatures(certificate)) throw bad('it is not for signatures')
  const code = /^serialNumber=PNOEE-(\d{11})$/m.exec(certificate.subject)?.[1]
  if (!code) throw bad('it names nobody')
  return code
}

const bad = (why: string): RpcError => new RpcError('BAD_CERTIFICATE', `the signing certificate: ${why}`)

/** A card has two certificates: the one for logging in must not sign votes. */
function isForSignatures(certificate: X509Certificate): boolean {
  const { extensions = [] } = AsnConvert.parse(certificate.raw, Certificate).tbsCertificate
  const usage = extensions.find(({ extnID }) => extnID === id_ce_keyUsage)
  if (!usage) return false
  return (AsnConvert.parse(usage.extnValue.buffer, KeyUsage).toNumber() & KeyUsageFlags.nonRepudiation) !== 0
}

function readCertificate(x5c: unknown): X509Certificate {
  try {
    if (Array.isArray(x5c) && typeof x5c[0] === 'string')
      return new X509Certificate(Buffer.from(x5c[0], 'base64'))
  } catch {
    // Said below, as for no certificate at all.
  }
  throw bad('there is none in x5c')
}

function cipherOf(a: unknown, b: unknown): Cipher {
  try {
    return writeCipher(readCipher({ a, b }))
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    throw new RpcError('BAD_REQUEST', `the encrypted ballot: ${error.message}`)
  }
}

function parse(envelope: string): FlattenedJWSInput & { protected: string; payload: string } {
  const jws = objectOf(envelope)
  const { protected: head, payload, signature, header } = jws
  if (typeof head !== 'string' || typeof payload !== 'string' || typeof signature !== 'string')
    throw new RpcError('BAD_REQUEST', 'the vote is no flattened JWS')
  return { protected: head, payload, signature, header: Object(header) }
}

function objectOf(json: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(json))
  } catch {
    throw new RpcError('BAD_REQUEST', 'the vote is no JSON')
  }
}
