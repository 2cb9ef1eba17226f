import { createHash, randomBytes, sign, X509Certificate } from 'node:crypto'
import {
  CertificateChoices,
  CertificateSet,
  CMSVersion,
  Attribute as CmsAttribute,
  ContentInfo,
  DigestAlgorithmIdentifiers,
  EncapsulatedContent,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedData,
  SignerIdentifier,
  SignerInfo,
  SignerInfos,
} from '@peculiar/asn1-cms'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  Accuracy,
  id_ct_tstInfo,
  type MessageImprint,
  PKIStatus,
  PKIStatusInfo,
  TimeStampReq,
  TimeStampResp,
  type TimeStampToken,
  TSTInfo,
} from '@peculiar/asn1-tsp'
import { AlgorithmIdentifier, Certificate } from '@peculiar/asn1-x509'
import { der, integer, objectIdentifier, octets } from '../../kit/der.ts'
import type { Identity } from './authority.ts'

/** Answers time-stamp queries (DER TimeStampReq) with DER TimeStampResp; what it can not stamp gets a rejection with its reason. */
export type TimeStampAuthority = (query: Buffer) => Buffer

/** Policy of this authority, under the arc of examples. */
const POLICY = '1.3.6.1.4.1.99999.3161.1'
const SIGNED_DATA = '1.2.840.113549.1.7.2'
const ECDSA_SHA256 = '1.2.840.10045.4.3.2'
const SHA256 = '2.16.840.1.101.3.4.2.1'
/** Length in bytes of each hash that may be stamped. */
const HASHES: Readonly<Record<string, number>> = {
  [SHA256]: 32,
  '2.16.840.1.101.3.4.2.2': 48,
  '2.16.840.1.101.3.4.2.3': 64,
}
const ATTRIBUTES = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const

export function timeStampAuthority(identity: Identity, clock: () => number = Date.now): TimeStampAuthority {
  const certificate = AsnConvert.parse(new X509Certificate(identity.cert).raw, Certificate)
  let last = 0
  /** Never the same moment twice: tokens of this authority are in order (`ordering`). */
  const moment = (): Date => {
    last = Math.max(clock(), last + 1)
    return new Date(last)
  }
  return (query) => {
    let request: TimeStampReq
    try {
      request = AsnConvert.parse(query, TimeStampReq)
    } catch {
      return rejection('badDataFormat', 'This is no time-stamp query')
    }
    const { messageImprint, reqPolicy, nonce, certReq, extensions, version } = request
    const length = HASHES[messageImprint.hashAlgorithm.algorithm]
    if (Number(version) !== 1) return rejection('badRequest', 'The version is unknown')
    if (!length) return rejection('badAlg', 'The hash must be SHA-256, SHA-384 or SHA-512')
    if (messageImprint.hashedMessage.byteLength !== length)
      return rejection('badDataFormat', 'The digest is not of this hash')
    if (reqPolicy && reqPolicy !== POLICY) return rejection('unacceptedPolicy', 'The policy is unknown')
    if (extensions?.length) return rejection('unacceptedExtension', 'No extension is known')
    const info = stampOf(messageImprint, moment(), nonce)
    const token = signToken(Buffer.from(AsnConvert.serialize(info)), identity, certificate, certReq)
    const status = new PKIStatusInfo({ status: PKIStatus.granted })
    return Buffer.from(AsnConvert.serialize(new TimeStampResp({ status, timeStampToken: token })))
  }
}

function stampOf(messageImprint: MessageImprint, genTime: Date, nonce: ArrayBuffer | undefined): TSTInfo {
  const serial = randomBytes(16)
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  return new TSTInfo({
    policy: POLICY,
    messageImprint,
    serialNumber: new Uint8Array(serial).buffer,
    genTime,
    accuracy: new Accuracy({ seconds: 1 }),
    ordering: true,
    ...(nonce ? { nonce } : {}),
  })
}

/** CMS SignedData over the TSTInfo, with the attribute that binds the signer's certificate (RFC 5816). */
function signToken(
  content: Buffer,
  { key, cert }: Identity,
  certificate: Certificate,
  withCertificate: boolean,
): TimeStampToken {
  const sha256 = (data: Buffer): Buffer => createHash('sha256').update(data).digest()
  const attributes: readonly (readonly [string, Buffer])[] = [
    [ATTRIBUTES.contentType, objectIdentifier(id_ct_tstInfo)],
    [ATTRIBUTES.messageDigest, octets(sha256(content))],
    // SigningCertificateV2: one ESSCertIDv2 with the default hash, SHA-256.
    [
      ATTRIBUTES.signingCertificateV2,
      der(0x30, der(0x30, der(0x30, octets(sha256(new X509Certificate(cert).raw))))),
    ],
  ]
  // DER orders the members of a SET by their bytes.
  const encoded = attributes
    .map(([type, value]) => der(0x30, objectIdentifier(type), der(0x31, value)))
    .sort(Buffer.compare)
  const hash = new AlgorithmIdentifier({ algorithm: SHA256 })
  const { issuer, serialNumber } = certificate.tbsCertificate
  const signer = new SignerInfo({
    version: CMSVersion.v1,
    sid: new SignerIdentifier({ issuerAndSerialNumber: new IssuerAndSerialNumber({ issuer, serialNumber }) }),
    digestAlgorithm: hash,
    signedAttrs: encoded.map((attribute) => AsnConvert.parse(attribute, CmsAttribute)),
    signatureAlgorithm: new AlgorithmIdentifier({ algorithm: ECDSA_SHA256 }),
    signature: new OctetString(sign('sha256', der(0x31, ...encoded), key)),
  })
  const signed = new SignedData({
    version: CMSVersion.v3,
    digestAlgorithms: new DigestAlgorithmIdentifiers([hash]),
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: id_ct_tstInfo,
      eContent: new EncapsulatedContent({ single: new OctetString(content) }),
    }),
    ...(withCertificate
      ? { certificates: new CertificateSet([new CertificateChoices({ certificate })]) }
      : {}),
    signerInfos: new SignerInfos([signer]),
  })
  return new ContentInfo({ contentType: SIGNED_DATA, content: AsnConvert.serialize(signed) })
}

/** Bit of each PKIFailureInfo that is used here (RFC 3161, 2.4.2). */
const FAILURES = { badAlg: 0, badRequest: 2, badDataFormat: 5, unacceptedPolicy: 15, unacceptedExtension: 16 }

function rejection(reason: keyof typeof FAILURES, why: string): Buffer {
  const bit = FAILURES[reason]
  const bits = Buffer.alloc(2 + (bit >> 3))
  // A BIT STRING begins with the number of bits of its last byte that are unused.
  bits[0] = 7 - (bit & 7)
  bits[bits.length - 1] = 0x80 >> (bit & 7)
  const text = der(0x30, der(0x0c, Buffer.from(why)))
  return der(0x30, der(0x30, integer(PKIStatus.rejection), text, der(0x03, bits)))
}
