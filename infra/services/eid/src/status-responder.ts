import { sign, X509Certificate } from 'node:crypto'
import { id_pkix_ocsp_basic, id_pkix_ocsp_nonce, OCSPRequest, type Request } from '@peculiar/asn1-ocsp'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate } from '@peculiar/asn1-x509'
import { der, objectIdentifier, octets } from '../../kit/der.ts'
import { issuerHashes, OCSP_HASHES } from '../../kit/ocsp.ts'
import type { Identity } from './authority.ts'

/** Answers OCSP requests (DER) with DER OCSPResponse. */
export type StatusResponder = (request: Buffer) => Promise<Buffer>

/** What the card authority knows of the certificate with a serial number (hex). */
export interface IssuedCertificates {
  isIssued(serial: string): boolean
  /** Since when it is on hold; null when it is not. */
  suspendedSince(serial: string): Promise<Date | null>
}

const ECDSA_SHA256 = '1.2.840.10045.4.3.2'
const CERTIFICATE_HOLD = 6
const GOOD = der(0x80)
const UNKNOWN = der(0x82)
const MALFORMED = 1
/** So many certificates in one request. */
const MOST = 20

/** The responder of the card authority (RFC 6960), signing with its own delegated certificate. */
export function statusResponder(
  responder: Identity,
  authority: Identity,
  certificates: IssuedCertificates,
): StatusResponder {
  const own = new X509Certificate(responder.cert)
  const name = Buffer.from(
    AsnConvert.serialize(AsnConvert.parse(own.raw, Certificate).tbsCertificate.subject),
  )
  const issuer = new X509Certificate(authority.cert)
  const subject = AsnConvert.serialize(AsnConvert.parse(issuer.raw, Certificate).tbsCertificate.subject)
  const key = issuer.publicKey.export({ type: 'spki', format: 'pem' }).toString()

  const statusOf = async ({ reqCert }: Request): Promise<Buffer> => {
    const hash = OCSP_HASHES[reqCert.hashAlgorithm.algorithm]
    const [nameHash, keyHash] = hash ? issuerHashes(hash, subject, key) : []
    const ours =
      nameHash?.equals(Buffer.from(reqCert.issuerNameHash.buffer)) &&
      keyHash?.equals(Buffer.from(reqCert.issuerKeyHash.buffer))
    const serial = Buffer.from(reqCert.serialNumber).toString('hex')
    if (!ours || !certificates.isIssued(serial)) return UNKNOWN
    const since = await certificates.suspendedSince(serial)
    return since ? der(0xa1, time(since), der(0xa0, der(0x0a, Buffer.from([CERTIFICATE_HOLD])))) : GOOD
  }

  return async (query) => {
    let request: OCSPRequest
    try {
      request = AsnConvert.parse(query, OCSPRequest)
    } catch {
      return failure(MALFORMED)
    }
    const { requestList, requestExtensions } = request.tbsRequest
    if (requestList.length === 0 || requestList.length > MOST) return failure(MALFORMED)
    const now = time(new Date())
    const singles: Buffer[] = []
    for (const one of requestList) {
      const id = Buffer.from(AsnConvert.serialize(one.reqCert))
      singles.push(der(0x30, id, await statusOf(one), now))
    }
    const nonce = requestExtensions?.find(({ extnID }) => extnID === id_pkix_ocsp_nonce)
    const extensions = nonce ? [der(0xa1, der(0x30, Buffer.from(AsnConvert.serialize(nonce))))] : []
    const data = der(0x30, der(0xa1, name), now, der(0x30, ...singles), ...extensions)
    const signature = sign('sha256', data, responder.key)
    const basic = der(
      0x30,
      data,
      der(0x30, objectIdentifier(ECDSA_SHA256)),
      der(0x03, Buffer.from([0]), signature),
      der(0xa0, der(0x30, own.raw)),
    )
    return der(
      0x30,
      der(0x0a, Buffer.from([0])),
      der(0xa0, der(0x30, objectIdentifier(id_pkix_ocsp_basic), octets(basic))),
    )
  }
}

const failure = (status: number): Buffer => der(0x30, der(0x0a, Buffer.from([status])))

/** GeneralizedTime in whole seconds. */
const time = (at: Date): Buffer =>
  der(0x18, Buffer.from(`${at.toISOString().slice(0, 19).replace(/[-T:]/g, '')}Z`))
