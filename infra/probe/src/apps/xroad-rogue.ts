import 'reflect-metadata'
import { createHash, sign, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import { ALGORITHM, importPair, keyOf, YEARS_MS } from '../certificate.ts'

const NAMESPACES =
  ' xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"'
const C14N = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'

/**
 * `xroad/rogue-request`: the adversary's own security server. Makes the signed message with which it asks `path` in the name of `client`:
 * the signature is right, but with a `key` that nobody registered, under a certificate that it gave itself in the name of `server`.
 * Gives `type` (content type) and `body` for the port between security servers.
 */
export async function rogueRequest(input: Readonly<Record<string, string>>): Promise<unknown> {
  const { key = '', server = '', client = '', path = '', id = '' } = input
  const service = path.split('/').slice(2, 7).join('/')
  const head = [
    `GET ${path}`,
    'accept:application/json',
    `x-road-client:${client}`,
    `x-road-id:${id}`,
    `x-road-request-id:${webcrypto.randomUUID()}`,
    `x-road-service:${service}`,
    '',
  ].join('\r\n')
  const boundary = webcrypto.randomUUID().replaceAll('-', '')
  const part = (type: string, content: string) =>
    `--${boundary}\r\ncontent-type: ${type}\r\n\r\n${content}\r\n`
  return {
    type: `multipart/mixed; boundary=${boundary}`,
    body: `${part('application/x-road-rest-request', head)}${part('signature/bdoc-1.0/ts', await signatureOf(head, key, server))}--${boundary}--\r\n`,
  }
}

async function signatureOf(head: string, line: string, server: string): Promise<string> {
  const key = keyOf(line)
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: `CN=${server}`,
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + YEARS_MS),
    signingAlgorithm: ALGORITHM,
    keys: await importPair(key),
  })
  const certificate = Buffer.from(made.rawData)
  const shown = `<xades:SignedProperties Id="signed-properties"><xades:SignedSignatureProperties><xades:SigningTime>${new Date().toISOString().slice(0, 17)}00Z</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest>${digest(certificate)}</xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties><xades:SignedDataObjectProperties><xades:DataObjectFormat ObjectReference="#ref-file"><xades:MimeType>text/xml</xades:MimeType></xades:DataObjectFormat></xades:SignedDataObjectProperties></xades:SignedProperties>`
  const scoped = shown.replace('<xades:SignedProperties', `<xades:SignedProperties${NAMESPACES}`)
  const signedInfo = (scope: string) =>
    `<ds:SignedInfo${scope}><ds:CanonicalizationMethod Algorithm="${C14N}"></ds:CanonicalizationMethod><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"></ds:SignatureMethod><ds:Reference Id="ref-file" URI="/message.xml">${digest(head)}</ds:Reference><ds:Reference Id="ref-properties" Type="http://uri.etsi.org/01903#SignedProperties" URI="#signed-properties"><ds:Transforms><ds:Transform Algorithm="${C14N}"></ds:Transform></ds:Transforms>${digest(scoped)}</ds:Reference></ds:SignedInfo>`
  const value = sign('sha512', Buffer.from(signedInfo(NAMESPACES)), { key, dsaEncoding: 'ieee-p1363' })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<asic:XAdESSignatures${NAMESPACES}><ds:Signature Id="signature">${signedInfo('')}<ds:SignatureValue Id="signature-value">${value.toString('base64')}</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${certificate.toString('base64')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object><xades:QualifyingProperties Target="#signature">${shown}</xades:QualifyingProperties></ds:Object></ds:Signature></asic:XAdESSignatures>`
}

const digest = (content: string | Buffer): string =>
  `<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha512"></ds:DigestMethod><ds:DigestValue>${createHash('sha512').update(content).digest('base64')}</ds:DigestValue>`
