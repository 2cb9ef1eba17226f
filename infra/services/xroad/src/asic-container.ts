import { type Zippable, zipSync } from 'fflate'
import { hashChain, SHA512 } from './hash-chain.ts'
import { type RestMessage, sha512 } from './rest-message.ts'
import { bodyChain } from './signature.ts'

export const ASICE = 'application/vnd.etsi.asic-e+zip'
const TEXT = 'text/xml'

/** A message with all that proves it. */
export interface Evidence {
  readonly message: RestMessage
  /** META-INF/signatures.xml. */
  readonly signature: string
  /** RFC 3161 token (DER), and the digests of the batch that it is for, this signature's among them. */
  readonly token: Buffer
  readonly digests: readonly Buffer[]
}

/**
 * ASiC-E container (ETSI EN 319 162-1) with the entries that X-Road gives it. The signature is over message.xml, or with a body over
 * sig-hashchainresult.xml; the time-stamp is over ts-hashchainresult.xml. Throws when the signature is not in the time-stamped batch.
 */
export function asicContainer({ message, signature, token, digests }: Evidence): Uint8Array {
  const own = sha512(signature)
  if (!digests.some((digest) => digest.equals(own)))
    throw new Error('the time-stamp is not of this signature')
  const batch = digests.map((digest) =>
    digest.equals(own) ? { digest, uri: '/META-INF/signatures.xml' } : { digest },
  )
  const stamped = hashChain(batch, '/ts-hashchain.xml')
  const files: Record<string, string | Uint8Array> = { 'message.xml': message.head }
  if (message.body.length > 0) {
    const signed = bodyChain(message)
    files.attachment1 = message.body
    files['sig-hashchain.xml'] = signed.chain
    files['sig-hashchainresult.xml'] = signed.result
  }
  files['ts-hashchain.xml'] = stamped.chain
  files['ts-hashchainresult.xml'] = stamped.result
  const names = Object.keys(files)
  files['META-INF/manifest.xml'] = manifest(names)
  files['META-INF/ASiCManifest.xml'] = asicManifest(stamped.result)
  files['META-INF/signatures.xml'] = signature
  files['META-INF/timestamp.tst'] = token
  // The type comes first and uncompressed, so that it can be read at a fixed place.
  const zip: Zippable = { mimetype: [Buffer.from(ASICE), { level: 0 }] }
  for (const [name, content] of Object.entries(files))
    zip[name] = typeof content === 'string' ? Buffer.from(content) : content
  return zipSync(zip)
}

const manifest = (names: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">${[
    `<manifest:file-entry manifest:full-path="/" manifest:media-type="${ASICE}"/>`,
    ...names.map(
      (name) =>
        `<manifest:file-entry manifest:full-path="${name}" manifest:media-type="${name.endsWith('.xml') ? TEXT : 'application/octet-stream'}"/>`,
    ),
  ].join('')}</manifest:manifest>`

const asicManifest = (result: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><asic:SigReference MimeType="application/vnd.etsi.timestamp-token" URI="META-INF/timestamp.tst"/><asic:DataObjectReference URI="ts-hashchainresult.xml"><ds:DigestMethod Algorithm="${SHA512}"/><ds:DigestValue>${sha512(result).toString('base64')}</ds:DigestValue></asic:DataObjectReference></asic:ASiCManifest>`
