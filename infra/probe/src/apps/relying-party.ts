import 'reflect-metadata'
import { createHash, verify, X509Certificate } from 'node:crypto'
import {
  BasicOCSPResponse,
  CertID,
  OCSPRequest,
  OCSPResponse,
  Request,
  TBSRequest,
} from '@peculiar/asn1-ocsp'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier, Certificate } from '@peculiar/asn1-x509'
import type { App } from '../app.ts'

const SHA256 = '2.16.840.1.101.3.4.2.1'
const sha256 = (data: ArrayBuffer | Buffer): Buffer =>
  createHash('sha256').update(new Uint8Array(data)).digest()
const given = (input: Readonly<Record<string, string>>, name: string): string => {
  const value = input[name]
  if (!value) throw new Error(`${name} is missing`)
  return value
}

/** What a web service keeps of one request of its own (RFC 7636): `{verifier, challenge, state}`, from a random text. */
const pkce: App = (input) => {
  const verifier = sha256(Buffer.from(`verifier ${given(input, 'random')}`)).toString('base64url')
  const state = sha256(Buffer.from(`state ${given(input, 'random')}`)).toString('base64url')
  return { verifier, challenge: sha256(Buffer.from(verifier)).toString('base64url'), state }
}

/** Reads the address that a browser came back to. It must carry the state that was sent and the issuer: `{code}`. */
const callback: App = (input) => {
  const { searchParams } = new URL(given(input, 'location'))
  const { code, state, iss, error } = Object.fromEntries(searchParams)
  if (error) throw new Error(`came back with ${error}`)
  if (state !== given(input, 'state')) throw new Error('came back with another state')
  if (iss !== given(input, 'issuer')) throw new Error(`came back from ${iss}`)
  if (!code) throw new Error('came back without a code')
  return { code }
}

/** An OCSP request (RFC 6960) about a certificate, both certificates DER in base64: `{request}`, DER in base64. */
const ocsp: App = (input) => {
  const read = (name: string): Certificate =>
    AsnConvert.parse(Buffer.from(given(input, name), 'base64'), Certificate)
  const { subject, subjectPublicKeyInfo } = read('issuer').tbsCertificate
  const reqCert = new CertID({
    hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA256 }),
    issuerNameHash: new OctetString(sha256(AsnConvert.serialize(subject))),
    issuerKeyHash: new OctetString(sha256(subjectPublicKeyInfo.subjectPublicKey)),
    serialNumber: read('certificate').tbsCertificate.serialNumber,
  })
  const request = new OCSPRequest({ tbsRequest: new TBSRequest({ requestList: [new Request({ reqCert })] }) })
  return { request: Buffer.from(AsnConvert.serialize(request)).toString('base64') }
}

/**
 * Reads the answer to an OCSP request about a certificate, all DER in base64: `{status, reason}`, where `reason` is the number of a CRLReason. The
 * issuer itself must have signed it (ECDSA with SHA-256).
 */
const ocspAnswer: App = (input) => {
  const bytes = (name: string): Buffer => Buffer.from(given(input, name), 'base64')
  const { responseStatus, responseBytes } = AsnConvert.parse(bytes('answer'), OCSPResponse)
  if (!responseBytes) throw new Error(`OCSP answers with the error ${responseStatus}`)
  const basic = AsnConvert.parse(responseBytes.response, BasicOCSPResponse)
  const { publicKey } = new X509Certificate(bytes('issuer'))
  const signed = Buffer.from(AsnConvert.serialize(basic.tbsResponseData))
  if (!verify('sha256', signed, publicKey, Buffer.from(basic.signature)))
    throw new Error('the issuer has not signed this answer')
  const serial = AsnConvert.parse(bytes('certificate'), Certificate).tbsCertificate.serialNumber
  const one = basic.tbsResponseData.responses.find(({ certID }) =>
    Buffer.from(certID.serialNumber).equals(Buffer.from(serial)),
  )
  if (!one) throw new Error('the answer is about another certificate')
  const { good, revoked } = one.certStatus
  if (revoked) return { status: 'revoked', reason: revoked.revocationReason?.reason ?? 0 }
  return { status: good === undefined ? 'unknown' : 'good', reason: null }
}

export const relyingPartyApps: Readonly<Record<string, App>> = {
  'relying-party/pkce': pkce,
  'relying-party/callback': callback,
  'relying-party/ocsp': ocsp,
  'relying-party/ocsp-answer': ocspAnswer,
}
