import { createHash, createPublicKey, randomBytes, timingSafeEqual, verify } from 'node:crypto'
import { ContentInfo, SignedData } from '@peculiar/asn1-cms'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { id_ct_tstInfo, MessageImprint, TimeStampReq, TimeStampResp, TSTInfo } from '@peculiar/asn1-tsp'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import { der } from './der.ts'
import { httpRequest } from './http-request.ts'
import { environment, pem } from './secrets.ts'

const SHA256 = '2.16.840.1.101.3.4.2.1'
const ECDSA_SHA256 = '1.2.840.10045.4.3.2'
const SIGNED_DATA = '1.2.840.113549.1.7.2'
const CONTENT_TYPE = '1.2.840.113549.1.9.3'
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
const LATEST_MS = 5000
const GRANTED: readonly number[] = [0, 1]

/**
 * Asks the state's time-stamping authority (RFC 3161, `TSA_URL`, default `http://eid/tsa`) to stamp a SHA-256 digest. Gives the DER
 * TimeStampToken, checked. Needs TSA_KEY (`{{public-key:tsa}}`). Rejects on refusal, on network errors and after 5 s.
 */
export async function timestamp(sha256Digest: Buffer): Promise<Buffer> {
  if (sha256Digest.length !== 32) throw new Error('a SHA-256 digest has 32 bytes')
  const nonce = randomBytes(8)
  // A positive INTEGER of full length, so that its bytes come back as they went.
  nonce[0] = ((nonce[0] ?? 0) & 0x3f) | 0x40
  const request = new TimeStampReq({
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA256, parameters: null }),
      hashedMessage: new OctetString(sha256Digest),
    }),
    nonce: new Uint8Array(nonce).buffer,
    certReq: true,
  })
  const reply = await httpRequest({
    url: process.env.TSA_URL ?? 'http://eid/tsa',
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query' },
    body: Buffer.from(AsnConvert.serialize(request)),
    timeoutMs: LATEST_MS,
  })
  if (reply.status !== 200) throw new Error(`the time-stamping authority answers ${reply.status}`)
  const { status, timeStampToken } = AsnConvert.parse(reply.body, TimeStampResp)
  if (!GRANTED.includes(status.status) || !timeStampToken)
    throw new Error(`no time-stamp: ${status.statusString?.join(' ') ?? `status ${status.status}`}`)
  const token = Buffer.from(AsnConvert.serialize(timeStampToken))
  readTimestamp(token, sha256Digest)
  const answered = infoOf(signedDataOf(token)).nonce
  if (!answered || !nonce.equals(Buffer.from(answered)))
    throw new Error('the time-stamp answers another request')
  return token
}

/**
 * When the time-stamping authority saw `digest`. Throws when the token (DER TimeStampToken) is for something else, changed, or not signed
 * with the authority's key (`publicKeyPem`, SPKI; default TSA_KEY of the environment).
 */
export function readTimestamp(token: Buffer, digest: Buffer, publicKeyPem?: string): { at: Date } {
  const signed = signedDataOf(token)
  const content = contentOf(signed)
  const info = AsnConvert.parse(content, TSTInfo)
  const { hashAlgorithm, hashedMessage } = info.messageImprint
  if (hashAlgorithm.algorithm !== SHA256) throw new Error('the time-stamp is not over a SHA-256 digest')
  if (!same(bytes(hashedMessage), digest)) throw new Error('the time-stamp is of something else')
  const [signer, ...others] = signed.signerInfos
  if (!signer?.signedAttrs || others.length > 0)
    throw new Error('a time-stamp has one signer with signed attributes')
  const attribute = (type: string): Buffer => {
    const [found, ...more] = signer.signedAttrs?.filter(({ attrType }) => attrType === type) ?? []
    const [value, ...rest] = found?.attrValues ?? []
    if (!value || more.length > 0 || rest.length > 0)
      throw new Error('the time-stamp lacks a signed attribute')
    return Buffer.from(value)
  }
  const contentHash = bytes(AsnConvert.parse(attribute(MESSAGE_DIGEST), OctetString))
  if (!same(contentHash, createHash('sha256').update(content).digest()))
    throw new Error('the content of the time-stamp was changed')
  // The value of the content type is the object identifier of TSTInfo.
  if (!attribute(CONTENT_TYPE).equals(TST_INFO_OID)) throw new Error('the signature is not for a time-stamp')
  if (signer.digestAlgorithm.algorithm !== SHA256 || signer.signatureAlgorithm.algorithm !== ECDSA_SHA256)
    throw new Error('the time-stamp is signed with another algorithm than ECDSA with SHA-256')
  // What is signed is the SET; inside the message it carries an implicit tag instead (RFC 5652, 5.4).
  const toBeSigned = der(0x31, ...signer.signedAttrs.map((one) => Buffer.from(AsnConvert.serialize(one))))
  const key = createPublicKey(publicKeyPem ?? pem(environment('TSA_KEY')))
  if (!verify('sha256', toBeSigned, key, bytes(signer.signature)))
    throw new Error('the time-stamp is not of the time-stamping authority')
  return { at: info.genTime }
}

/** DER of the object identifier id-ct-TSTInfo, 1.2.840.113549.1.9.16.1.4. */
const TST_INFO_OID = Buffer.from('060b2a864886f70d0109100104', 'hex')

function signedDataOf(token: Buffer): SignedData {
  const { contentType, content } = AsnConvert.parse(token, ContentInfo)
  if (contentType !== SIGNED_DATA) throw new Error('a time-stamp is signed data')
  return AsnConvert.parse(content, SignedData)
}

function contentOf({ encapContentInfo }: SignedData): Buffer {
  const single = encapContentInfo.eContent?.single
  if (encapContentInfo.eContentType !== id_ct_tstInfo || !single)
    throw new Error('the signed data is no time-stamp')
  return bytes(single)
}

const infoOf = (signed: SignedData): TSTInfo => AsnConvert.parse(contentOf(signed), TSTInfo)
const bytes = (octets: OctetString): Buffer => Buffer.from(octets.buffer)
const same = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)
