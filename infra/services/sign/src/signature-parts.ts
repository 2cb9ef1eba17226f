import type { Element } from '@xmldom/xmldom'
import { ALGORITHMS, NAMESPACES } from './xades.ts'
import { onlyChild, parseXml, textOf } from './xml.ts'
import { BadContainer } from './zip-error.ts'

/** What a XAdES document states, read from its one place each. Nothing is checked against anything yet. */
export interface SignatureParts {
  /** The element ds:Signature. */
  readonly element: Element
  readonly id: string
  readonly references: readonly {
    readonly name: string
    readonly digest: Buffer
    readonly mediaType: string | null
  }[]
  /** All digests in ds:SignedInfo: the same only where the very same signature is there again. */
  readonly signedInfo: string
  /** DER. */
  readonly certificate: Buffer
  readonly certificateDigest: Buffer
  /** The element ds:SignatureValue in canonical form. */
  readonly signatureValue: string
  readonly timestamp: Buffer
  readonly ocsp: Buffer
}

const { asic, ds, xades } = NAMESPACES

/**
 * Reads META-INF/signaturesN.xml. Each part must be where the standard puts it, once, and no Id may occur twice, so that what is verified and what is
 * shown can only be the same elements (signature wrapping). Throws `BadContainer`.
 */
export function parseSignature(xml: string): SignatureParts {
  const root = parseXml(xml, 'the signature')
  if (root.namespaceURI !== asic || root.localName !== 'XAdESSignatures')
    throw new BadContainer('the signature document is of another kind')
  const element = theOnly(root, ds, 'Signature')
  uniqueIds(root)
  const id = element.getAttribute('Id') ?? ''
  const info = onlyChild(element, ds, 'SignedInfo')
  algorithm(info, 'CanonicalizationMethod', ALGORITHMS.c14n)
  algorithm(info, 'SignatureMethod', ALGORITHMS.ecdsa)
  const value = onlyChild(element, ds, 'SignatureValue')
  const data = onlyChild(onlyChild(element, ds, 'KeyInfo'), ds, 'X509Data')
  const qualifying = onlyChild(onlyChild(element, ds, 'Object'), xades, 'QualifyingProperties')
  if (!id || qualifying.getAttribute('Target') !== `#${id}`)
    throw new BadContainer('the properties are of another signature')
  const signed = onlyChild(qualifying, xades, 'SignedProperties')
  const references = readReferences(info, signed)
  const signing = path(signed, ['SignedSignatureProperties', 'SigningCertificateV2', 'Cert', 'CertDigest'])
  algorithm(signing, 'DigestMethod', ALGORITHMS.sha256)
  const unsigned = path(qualifying, ['UnsignedProperties', 'UnsignedSignatureProperties'])
  const stamp = onlyChild(unsigned, xades, 'SignatureTimeStamp')
  algorithm(stamp, 'CanonicalizationMethod', ALGORITHMS.c14n)
  return {
    element,
    id,
    references,
    signedInfo: (info.textContent ?? '').replace(/\s/g, ''),
    certificate: base64(onlyChild(data, ds, 'X509Certificate')),
    certificateDigest: base64(onlyChild(signing, ds, 'DigestValue')),
    signatureValue: canonicalLeaf(value),
    timestamp: base64(onlyChild(stamp, xades, 'EncapsulatedTimeStamp')),
    ocsp: base64(path(unsigned, ['RevocationValues', 'OCSPValues', 'EncapsulatedOCSPValue'])),
  }
}

/** The references to files, after checking that the properties are referenced as well, once. */
function readReferences(info: Element, signed: Element): SignatureParts['references'] {
  const mediaTypes = new Map<string, string>()
  const objects = onlyChild(signed, xades, 'SignedDataObjectProperties')
  for (const format of onlyChild.all(objects).filter(({ localName }) => localName === 'DataObjectFormat'))
    mediaTypes.set(format.getAttribute('ObjectReference') ?? '', textOf(onlyChild(format, xades, 'MimeType')))
  const found: SignatureParts['references'][number][] = []
  let properties = 0
  for (const reference of onlyChild.all(info).filter(({ localName }) => localName === 'Reference')) {
    algorithm(reference, 'DigestMethod', ALGORITHMS.sha256)
    const uri = reference.getAttribute('URI') ?? ''
    const digest = base64(onlyChild(reference, ds, 'DigestValue'))
    const transforms = onlyChild.all(reference).filter(({ localName }) => localName === 'Transforms')
    if (reference.getAttribute('Type') === ALGORITHMS.signedProperties) {
      if (uri !== `#${signed.getAttribute('Id')}`) throw new BadContainer('other properties were signed')
      const [transform] = transforms
      if (transform) algorithm(transform, 'Transform', ALGORITHMS.c14n)
      properties += 1
      continue
    }
    if (transforms.length > 0 || uri.startsWith('#')) throw new BadContainer(`${uri} is no file`)
    const name = decodeName(uri)
    if (found.some((one) => one.name === name)) throw new BadContainer(`${name} is signed twice`)
    const mediaType = mediaTypes.get(`#${reference.getAttribute('Id')}`) ?? null
    found.push({ name, digest, mediaType })
  }
  if (properties !== 1) throw new BadContainer('the properties of the signature are not signed')
  return found
}

function decodeName(uri: string): string {
  try {
    return decodeURIComponent(uri)
  } catch {
    throw new BadContainer(`${uri} is no reference to a file`)
  }
}

/** The only child that an element may have. */
function theOnly(parent: Element, namespace: string, name: string): Element {
  const child = onlyChild(parent, namespace, name)
  if (onlyChild.all(parent).length > 1)
    throw new BadContainer(`there is more than one ${name} in the document`)
  return child
}

function uniqueIds(root: Element): void {
  const seen = new Set<string>()
  for (const element of Array.from(root.getElementsByTagName('*'))) {
    for (const name of ['Id', 'ID', 'id']) {
      const id = element.getAttribute(name)
      if (id === null || id === '') continue
      if (seen.has(id)) throw new BadContainer(`the Id ${id} is there twice`)
      seen.add(id)
    }
  }
}

const path = (from: Element, names: readonly string[]): Element =>
  names.reduce((at, name) => onlyChild(at, xades, name), from)

function algorithm(parent: Element, name: string, expected: string): void {
  const stated = onlyChild(parent, ds, name).getAttribute('Algorithm')
  if (stated !== expected) throw new BadContainer(`${name} ${stated} is not accepted`)
}

function base64(element: Element): Buffer {
  const text = textOf(element).replace(/\s/g, '')
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw new BadContainer(`${element.localName} is not base64`)
  return Buffer.from(text, 'base64')
}

/** Exclusive canonical form of an element with no other attribute than Id and only text in it. */
function canonicalLeaf(element: Element): string {
  const id = element.getAttribute('Id')
  const text = element.textContent ?? ''
  const others = Array.from(element.attributes).some(({ name }) => name !== 'Id' && !/^xmlns(:|$)/.test(name))
  if (others || onlyChild.all(element).length > 0 || /[&<>\r]/.test(text))
    throw new BadContainer(`${element.localName} has something in it that does not belong there`)
  const { tagName, prefix, namespaceURI } = element
  const attribute = id === null ? '' : ` Id="${id}"`
  return `<${tagName} xmlns${prefix ? `:${prefix}` : ''}="${namespaceURI}"${attribute}>${text}</${tagName}>`
}
