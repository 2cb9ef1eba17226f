import type { X509Certificate } from 'node:crypto'
import { type DataFile, sha256 } from './container.ts'
import { escapeXml } from './xml.ts'

export const NAMESPACES = {
  asic: 'http://uri.etsi.org/02918/v1.2.1#',
  ds: 'http://www.w3.org/2000/09/xmldsig#',
  xades: 'http://uri.etsi.org/01903/v1.3.2#',
} as const
export const ALGORITHMS = {
  c14n: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  ecdsa: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
  signedProperties: 'http://uri.etsi.org/01903#SignedProperties',
} as const

/** What a signature will say, before it is signed. */
export interface Intent {
  /** Id of the signature element, unique. */
  readonly id: string
  readonly files: readonly { readonly name: string; readonly mediaType: string; readonly digest: string }[]
  /** DER, base64. */
  readonly certificate: string
  /** ISO time that the signer claims. */
  readonly at: string
}

/** What makes a signature last (XAdES level LT). */
export interface Proofs {
  /** r and s side by side. */
  readonly signature: Buffer
  /** Over the signature value. */
  readonly timestamp: Buffer
  readonly ocsp: Buffer
}

export function intentOf(id: string, files: readonly DataFile[], certificate: Buffer, at: Date): Intent {
  return {
    id,
    files: files.map(({ name, mediaType, data }) => ({
      name,
      mediaType,
      digest: sha256(data).toString('base64'),
    })),
    certificate: certificate.toString('base64'),
    at: at.toISOString(),
  }
}

const DS = `xmlns:ds="${NAMESPACES.ds}"`

/**
 * The parts of a signature are written in their exclusive canonical form right away (each with the namespaces that it uses, attributes in order, no
 * space between elements): their text is what gets hashed and signed, with no canonicalization step that could go wrong.
 */
function signedProperties({ id, files, certificate, at }: Intent): string {
  const der = Buffer.from(certificate, 'base64')
  const formats = files.map(
    ({ mediaType }, i) =>
      `<xades:DataObjectFormat ObjectReference="#${id}-REF${i}"><xades:MimeType>${escapeXml(mediaType)}</xades:MimeType></xades:DataObjectFormat>`,
  )
  return `<xades:SignedProperties xmlns:xades="${NAMESPACES.xades}" Id="${id}-SP"><xades:SignedSignatureProperties><xades:SigningTime>${at}</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest><ds:DigestMethod ${DS} Algorithm="${ALGORITHMS.sha256}"></ds:DigestMethod><ds:DigestValue ${DS}>${sha256(der).toString('base64')}</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties><xades:SignedDataObjectProperties>${formats.join('')}</xades:SignedDataObjectProperties></xades:SignedProperties>`
}

/** What the card signs: SignedInfo in canonical form. The signature is over its SHA-256 hash. */
export function dataToSign(intent: Intent): Buffer {
  const { id, files } = intent
  const digest = (value: string): string =>
    `<ds:DigestMethod Algorithm="${ALGORITHMS.sha256}"></ds:DigestMethod><ds:DigestValue>${value}</ds:DigestValue>`
  const references = files.map(
    ({ name, digest: value }, i) =>
      `<ds:Reference Id="${id}-REF${i}" URI="${encodeURIComponent(name)}">${digest(value)}</ds:Reference>`,
  )
  const properties = sha256(signedProperties(intent)).toString('base64')
  return Buffer.from(
    `<ds:SignedInfo ${DS}><ds:CanonicalizationMethod Algorithm="${ALGORITHMS.c14n}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="${ALGORITHMS.ecdsa}"></ds:SignatureMethod>${references.join('')}<ds:Reference Type="${ALGORITHMS.signedProperties}" URI="#${id}-SP"><ds:Transforms><ds:Transform Algorithm="${ALGORITHMS.c14n}"></ds:Transform></ds:Transforms>${digest(properties)}</ds:Reference></ds:SignedInfo>`,
  )
}

/** The signature value as an element in canonical form: what the time-stamp is over. */
export const signatureValue = (id: string, signature: Buffer): string =>
  `<ds:SignatureValue ${DS} Id="${id}-SIG">${signature.toString('base64')}</ds:SignatureValue>`

/** The whole document META-INF/signaturesN.xml. */
export function signatureDocument(intent: Intent, { signature, timestamp, ocsp }: Proofs): string {
  const { id, certificate } = intent
  return `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<asic:XAdESSignatures xmlns:asic="${NAMESPACES.asic}"><ds:Signature ${DS} Id="${id}">${dataToSign(intent)}${signatureValue(id, signature)}<ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object><xades:QualifyingProperties xmlns:xades="${NAMESPACES.xades}" Target="#${id}">${signedProperties(intent)}<xades:UnsignedProperties><xades:UnsignedSignatureProperties><xades:SignatureTimeStamp Id="${id}-TS"><ds:CanonicalizationMethod Algorithm="${ALGORITHMS.c14n}"/><xades:EncapsulatedTimeStamp>${timestamp.toString('base64')}</xades:EncapsulatedTimeStamp></xades:SignatureTimeStamp><xades:RevocationValues><xades:OCSPValues><xades:EncapsulatedOCSPValue>${ocsp.toString('base64')}</xades:EncapsulatedOCSPValue></xades:OCSPValues></xades:RevocationValues></xades:UnsignedSignatureProperties></xades:UnsignedProperties></xades:QualifyingProperties></ds:Object></ds:Signature></asic:XAdESSignatures>`
}

/** Who a signing certificate names. */
export interface Signer {
  readonly code: string
  readonly name: string
}

export function signerOf(certificate: X509Certificate): Signer | null {
  const subject = new Map(
    certificate.subject.split('\n').map((line) => {
      const [key = '', ...value] = line.split('=')
      // Node prints special characters of a name with a backslash before them.
      return [key, value.join('=').replace(/\\(.)/g, '$1')] as const
    }),
  )
  const code = /^PNOEE-(\d{11})$/.exec(subject.get('serialNumber') ?? '')?.[1]
  return code ? { code, name: `${subject.get('GN') ?? ''} ${subject.get('SN') ?? ''}`.trim() } : null
}
