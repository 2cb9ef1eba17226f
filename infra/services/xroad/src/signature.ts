import { createPrivateKey, type KeyObject, sign, verify, X509Certificate } from 'node:crypto'
import { selfSigned } from '../../kit/certificates.ts'
import { pem } from '../../kit/secrets.ts'
import { hashChain, SHA512 } from './hash-chain.ts'
import { type RestMessage, sha512 } from './rest-message.ts'

export interface Signer {
  readonly key: KeyObject
  readonly certificate: X509Certificate
}

/** A signer with a private key (PKCS8 PEM, base64 on one line) and a self-signed certificate in the name of `server`. */
export const openSigner = (privateKey: string, server: string): Signer => ({
  key: createPrivateKey(pem(privateKey)),
  certificate: new X509Certificate(selfSigned(privateKey, server).cert),
})

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'
const ECDSA = 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512'
/** In the order of canonical XML. Declared on the root, so that they are in scope of all that is signed. */
const NAMESPACES =
  ' xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"'

/** The file that is signed: the head of the message, or the result of a hash chain over head and body. */
export function signedFile({ head, body }: RestMessage): { name: string; content: string } {
  if (body.length === 0) return { name: '/message.xml', content: head }
  return { name: '/sig-hashchainresult.xml', content: bodyChain({ head, body }).result }
}

export const bodyChain = ({ head, body }: RestMessage): { chain: string; result: string } =>
  hashChain(
    [
      { uri: '/message.xml', digest: sha512(head) },
      { uri: '/attachment1', digest: sha512(body) },
    ],
    '/sig-hashchain.xml',
  )

/** XAdES signature (ETSI EN 319 132-1) of a message, as META-INF/signatures.xml of an ASiC-E container. */
export function signMessage(message: RestMessage, signer: Signer, at = new Date()): string {
  const parts = compose(message, signer.certificate, `${at.toISOString().slice(0, 19)}Z`)
  const value = sign('sha512', Buffer.from(parts.toBeSigned), { key: signer.key, dsaEncoding: 'ieee-p1363' })
  return parts.document(value.toString('base64'))
}

/**
 * Throws unless `signatures` is a signature of this message with the key of `publicKey`. Security servers all write the same document,
 * so it is made again from the message and must be the same: nothing in it can be moved, doubled or added.
 */
export function checkSignature(message: RestMessage, signatures: string, publicKey: KeyObject): void {
  const [, value = ''] = /<ds:SignatureValue [^>]*>([^<]*)</.exec(signatures) ?? []
  const [, certificate = ''] = /<ds:X509Certificate>([^<]*)</.exec(signatures) ?? []
  const [, at = ''] = /<xades:SigningTime>([^<]*)</.exec(signatures) ?? []
  const parts = compose(message, new X509Certificate(Buffer.from(certificate, 'base64')), at)
  // As its bytes are written: others that mean the same would be another document with a signature that holds.
  const written = Buffer.from(value, 'base64').toString('base64')
  if (parts.document(written) !== signatures) throw new Error('the signature is of another message')
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
  if (!verify('sha512', Buffer.from(parts.toBeSigned), key, Buffer.from(value, 'base64')))
    throw new Error('the signature is not made with the registered key')
}

function compose(message: RestMessage, certificate: X509Certificate, at: string) {
  const file = signedFile(message)
  const properties = (scope: string): string =>
    `<xades:SignedProperties${scope} Id="signed-properties"><xades:SignedSignatureProperties><xades:SigningTime>${at}</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest>${digest(certificate.raw)}</xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties><xades:SignedDataObjectProperties><xades:DataObjectFormat ObjectReference="#ref-file"><xades:MimeType>text/xml</xades:MimeType></xades:DataObjectFormat></xades:SignedDataObjectProperties></xades:SignedProperties>`
  const signedInfo = (scope: string): string =>
    `<ds:SignedInfo${scope}><ds:CanonicalizationMethod Algorithm="${C14N}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="${ECDSA}"></ds:SignatureMethod><ds:Reference Id="ref-file" URI="${file.name}">${digest(file.content)}</ds:Reference><ds:Reference Id="ref-properties" Type="http://uri.etsi.org/01903#SignedProperties" URI="#signed-properties"><ds:Transforms><ds:Transform Algorithm="${C14N}"></ds:Transform></ds:Transforms>${digest(properties(NAMESPACES))}</ds:Reference></ds:SignedInfo>`
  return {
    toBeSigned: signedInfo(NAMESPACES),
    document: (value: string): string =>
      `${XML}<asic:XAdESSignatures${NAMESPACES}><ds:Signature Id="signature">${signedInfo('')}<ds:SignatureValue Id="signature-value">${value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate.raw.toString('base64')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object><xades:QualifyingProperties Target="#signature">${properties('')}</xades:QualifyingProperties></ds:Object></ds:Signature></asic:XAdESSignatures>`,
  }
}

const digest = (content: string | Buffer): string =>
  `<ds:DigestMethod Algorithm="${SHA512}"></ds:DigestMethod><ds:DigestValue>${sha512(content).toString('base64')}</ds:DigestValue>`
