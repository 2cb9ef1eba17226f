import { createHash, createPublicKey, randomBytes, verify, X509Certificate } from 'node:crypto'
import {
  BasicOCSPResponse,
  CertID,
  id_pkix_ocsp_basic,
  id_pkix_ocsp_nonce,
  OCSPRequest,
  OCSPResponse,
  Request,
  TBSRequest,
} from '@peculiar/asn1-ocsp'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier, Certificate, Extension, Extensions } from '@peculiar/asn1-x509'
import { httpRequest } from './http-request.ts'

/** What the card authority says of a certificate. */
export interface CardStatus {
  readonly status: 'good' | 'revoked' | 'unknown'
  /** When it was so. */
  readonly at: Date
  /** Since when, if revoked. */
  readonly since: Date | null
}

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9'
const ECDSA_SHA256 = '1.2.840.10045.4.3.2'
export const OCSP_HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
}
const SHA1 = '1.3.14.3.2.26'
const LATEST_MS = 5000

/** Hashes by which OCSP names an issuer: of its subject, and of its public key without the frame around it. */
export function issuerHashes(hash: string, subject: ArrayBuffer, publicKeyPem: string): [Buffer, Buffer] {
  const spki = createPublicKey(publicKeyPem).export({ type: 'spki', format: 'der' })
  // The key of P-256 as a point: the last 65 bytes of its SubjectPublicKeyInfo.
  const of = (data: Buffer): Buffer => createHash(hash).update(data).digest()
  return [of(Buffer.from(subject)), of(spki.subarray(-65))]
}

/**
 * Asks the responder (RFC 6960, `OCSP_URL`, default `http://eid/ocsp`) for the status of a certificate (DER) of the card authority. Gives the
 * DER OCSPResponse, checked with `readStatus`. Rejects when there is no proper answer within 5 s.
 */
export async function askStatus(certificate: Buffer, authorityPem: string): Promise<Buffer> {
  const { issuer, serialNumber } = AsnConvert.parse(certificate, Certificate).tbsCertificate
  const [name, key] = issuerHashes('sha1', AsnConvert.serialize(issuer), authorityPem)
  const nonce = AsnConvert.serialize(new OctetString(randomBytes(16)))
  const request = new OCSPRequest({
    tbsRequest: new TBSRequest({
      requestList: [
        new Request({
          reqCert: new CertID({
            hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA1, parameters: null }),
            issuerNameHash: new OctetString(name),
            issuerKeyHash: new OctetString(key),
            serialNumber,
          }),
        }),
      ],
      requestExtensions: new Extensions([
        new Extension({ extnID: id_pkix_ocsp_nonce, extnValue: new OctetString(nonce) }),
      ]),
    }),
  })
  const reply = await httpRequest({
    url: process.env.OCSP_URL ?? 'http://eid/ocsp',
    method: 'POST',
    headers: { 'content-type': 'application/ocsp-request' },
    body: Buffer.from(AsnConvert.serialize(request)),
    timeoutMs: LATEST_MS,
  })
  if (reply.status !== 200) throw new Error(`the status responder answers ${reply.status}`)
  readStatus(reply.body, certificate, authorityPem)
  const said = basicOf(reply.body).tbsResponseData.responseExtensions
  const echoed = said?.find(({ extnID }) => extnID === id_pkix_ocsp_nonce)?.extnValue.buffer
  if (!echoed || !Buffer.from(echoed).equals(Buffer.from(nonce)))
    throw new Error('the status is an answer to somebody else')
  return reply.body
}

/**
 * What an OCSP response (DER) says of a certificate (DER). Throws unless the card authority (public key, SPKI PEM) or a responder that it
 * delegated to signed the response, and unless it is about this certificate.
 */
export function readStatus(response: Buffer, certificate: Buffer, authorityPem: string): CardStatus {
  const basic = basicOf(response)
  const authority = createPublicKey(authorityPem)
  const responder = new X509Certificate(
    Buffer.from(AsnConvert.serialize(basic.certs?.[0] ?? refuse('the status names no responder'))),
  )
  if (!responder.verify(authority) || !responder.keyUsage?.includes(OCSP_SIGNING))
    throw new Error('the responder is not of the card authority')
  const { tbsResponseData: data, tbsResponseDataRaw: raw } = basic
  if (data.producedAt < responder.validFromDate || data.producedAt > responder.validToDate)
    throw new Error('the responder was not valid when it answered')
  const signed = Buffer.from(raw ?? AsnConvert.serialize(data))
  if (
    basic.signatureAlgorithm.algorithm !== ECDSA_SHA256 ||
    !verify('sha256', signed, responder.publicKey, Buffer.from(basic.signature))
  )
    throw new Error('the status is not signed by its responder')
  const { issuer, serialNumber } = AsnConvert.parse(certificate, Certificate).tbsCertificate
  const single = data.responses.find(({ certID }) => {
    const hash = OCSP_HASHES[certID.hashAlgorithm.algorithm]
    if (!hash || !bytes(certID.serialNumber).equals(bytes(serialNumber))) return false
    const [name, key] = issuerHashes(hash, AsnConvert.serialize(issuer), authorityPem)
    return bytes(certID.issuerNameHash.buffer).equals(name) && bytes(certID.issuerKeyHash.buffer).equals(key)
  })
  if (!single) throw new Error('the status is of another certificate')
  const { certStatus, thisUpdate: at } = single
  if (certStatus.revoked) return { status: 'revoked', at, since: certStatus.revoked.revocationTime }
  return { status: certStatus.good === null ? 'good' : 'unknown', at, since: null }
}

function basicOf(response: Buffer): BasicOCSPResponse {
  const { responseStatus, responseBytes } = AsnConvert.parse(response, OCSPResponse)
  if (responseStatus !== 0 || responseBytes?.responseType !== id_pkix_ocsp_basic)
    throw new Error(`the status responder refuses (${responseStatus})`)
  return AsnConvert.parse(responseBytes.response.buffer, BasicOCSPResponse)
}

const bytes = (part: ArrayBuffer): Buffer => Buffer.from(part)
function refuse(why: string): never {
  throw new Error(why)
}
