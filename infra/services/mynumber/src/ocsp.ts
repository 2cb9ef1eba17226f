import 'reflect-metadata'
import { createHash, sign } from 'node:crypto'
import {
  BasicOCSPResponse,
  CertStatus,
  id_pkix_ocsp_basic,
  id_pkix_ocsp_nonce,
  OCSPRequest,
  OCSPResponse,
  OCSPResponseStatus,
  type Request,
  ResponderID,
  ResponseBytes,
  ResponseData,
  RevokedInfo,
  SingleResponse,
} from '@peculiar/asn1-ocsp'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { AlgorithmIdentifier, CRLReason, CRLReasons, Name } from '@peculiar/asn1-x509'
import type { Authorities, Authority } from './authority.ts'
import type { Certificate, Reason } from './certificates.ts'

/** Finds a certificate by its serial number in hex. */
export type Look = (serial: string) => Promise<Certificate | null>

const ECDSA_WITH_SHA256 = '1.2.840.10045.4.3.2'
const HASHES: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
}
const REASONS: Readonly<Record<Reason, CRLReasons>> = {
  affiliationChanged: CRLReasons.affiliationChanged,
  superseded: CRLReasons.superseded,
  keyCompromise: CRLReasons.keyCompromise,
}
/** Times are whole seconds (RFC 5280 4.1.2.5.2). */
const seconds = (time: Date): Date => new Date(Math.floor(time.getTime() / 1000) * 1000)
/** More than a relying party would ask at once. */
const MOST = 20

const failure = (status: OCSPResponseStatus): Buffer =>
  Buffer.from(AsnConvert.serialize(new OCSPResponse({ responseStatus: status })))

export const internalError = (): Buffer => failure(OCSPResponseStatus.internalError)

/**
 * Answers an OCSP request (DER, RFC 6960) in the name of the authority that it asks about: signed by that authority itself, good,
 * revoked with time and reason, or unknown for a serial number that it never gave out. What is no request is `malformedRequest`; a request
 * about another authority, or two at once, is `unauthorized`.
 */
export async function answerOcsp(
  der: Buffer,
  authorities: Authorities,
  look: Look,
  now: Date,
): Promise<Buffer> {
  let asked: OCSPRequest
  try {
    asked = AsnConvert.parse(der, OCSPRequest)
  } catch {
    return failure(OCSPResponseStatus.malformedRequest)
  }
  const { requestList, requestExtensions } = asked.tbsRequest
  if (requestList.length === 0 || requestList.length > MOST)
    return failure(OCSPResponseStatus.malformedRequest)
  const issuers = new Set(requestList.map((request) => issuerOf(request, authorities)))
  const [authority] = issuers
  if (issuers.size !== 1 || !authority) return failure(OCSPResponseStatus.unauthorized)
  const responses: SingleResponse[] = []
  for (const { reqCert } of requestList) {
    const known = await look(Buffer.from(reqCert.serialNumber).toString('hex'))
    const certStatus = statusOf(known?.use === authority.use ? known : null)
    responses.push(new SingleResponse({ certID: reqCert, certStatus, thisUpdate: seconds(now) }))
  }
  const nonce = requestExtensions?.find(({ extnID }) => extnID === id_pkix_ocsp_nonce)
  return Buffer.from(
    AsnConvert.serialize(
      signed(
        authority,
        new ResponseData({
          responderID: new ResponderID({ byName: AsnConvert.parse(authority.name, Name) }),
          producedAt: seconds(now),
          responses,
          ...(nonce ? { responseExtensions: [nonce] } : {}),
        }),
      ),
    ),
  )
}

function issuerOf({ reqCert }: Request, authorities: Authorities): Authority | undefined {
  const hash = HASHES[reqCert.hashAlgorithm.algorithm]
  if (!hash) return undefined
  const is = (data: Buffer, digest: OctetString): boolean =>
    createHash(hash).update(data).digest().equals(Buffer.from(digest.buffer))
  return Object.values(authorities).find(
    ({ name, keyBits }) => is(name, reqCert.issuerNameHash) && is(keyBits, reqCert.issuerKeyHash),
  )
}

function statusOf(certificate: Certificate | null): CertStatus {
  if (!certificate) return new CertStatus({ unknown: null })
  const { revoked, reason } = certificate
  if (!revoked) return new CertStatus({ good: null })
  const revocationReason = new CRLReason(REASONS[reason ?? 'superseded'])
  return new CertStatus({ revoked: new RevokedInfo({ revocationTime: seconds(revoked), revocationReason }) })
}

function signed(authority: Authority, tbsResponseData: ResponseData): OCSPResponse {
  const signature = sign('sha256', Buffer.from(AsnConvert.serialize(tbsResponseData)), authority.key)
  const basic = new BasicOCSPResponse({
    tbsResponseData,
    signatureAlgorithm: new AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 }),
    signature: new Uint8Array(signature).buffer,
  })
  return new OCSPResponse({
    responseStatus: OCSPResponseStatus.successful,
    responseBytes: new ResponseBytes({
      responseType: id_pkix_ocsp_basic,
      response: new OctetString(AsnConvert.serialize(basic)),
    }),
  })
}
