import { type KeyObject, webcrypto } from 'node:crypto'
import { DOMImplementation, DOMParser, type Element, XMLSerializer } from '@xmldom/xmldom'
import { Application, SignedXml, setNodeDependencies } from 'xadesjs'
import type { DataFile } from './container.ts'

setNodeDependencies({ DOMImplementation, DOMParser, XMLSerializer })
Application.setEngine('node', webcrypto as unknown as Parameters<typeof Application.setEngine>[1])

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' }

/**
 * Core validation of an XML signature (XMLDSig 3.2) with xadesjs: every reference, the signed properties among them, and the signature value
 * under `key` (P-256). False when something does not fit.
 */
export async function holds(
  signature: Element,
  key: KeyObject,
  files: readonly DataFile[],
): Promise<boolean> {
  const document = signature.ownerDocument
  if (!document) return false
  const signed = new SignedXml(document as never)
  signed.LoadXml(signature as never)
  signed.Algorithm = CURVE
  signed.contentHandler = async ({ Uri: uri }) => {
    if (!uri || uri.startsWith('#')) return null
    const file = files.find(({ name }) => name === decodeURIComponent(uri))
    return file ? new Uint8Array(file.data) : null
  }
  const spki = key.export({ type: 'spki', format: 'der' })
  const imported = await webcrypto.subtle.importKey('spki', spki, CURVE, true, ['verify'])
  try {
    return await signed.Verify(imported as never)
  } catch {
    // The library throws, not always an Error, where a digest differs or a part is missing.
    return false
  }
}
