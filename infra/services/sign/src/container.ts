import { createHash } from 'node:crypto'
import { escapeXml, onlyChild, parseXml } from './xml.ts'
import { readZip } from './zip.ts'
import { BadContainer } from './zip-error.ts'
import { writeZip } from './zip-writer.ts'

export interface DataFile {
  readonly name: string
  readonly mediaType: string
  readonly data: Buffer
}

/** An ASiC-E container (ETSI EN 319 162-1): files and the signatures over all of them. */
export interface Container {
  readonly files: readonly DataFile[]
  /** XAdES documents, in the order of their numbers. */
  readonly signatures: readonly string[]
}

export const MEDIA_TYPE = 'application/vnd.etsi.asic-e+zip'
const MANIFEST = 'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'
/** Some tools pack folders as well; this is the one that there is. */
const FOLDER = 'META-INF/'
const MANIFEST_NAME = 'META-INF/manifest.xml'
const SIGNATURE_NAME = /^META-INF\/signatures(\d{1,4})\.xml$/
const LONGEST_NAME = 120

export const sha256 = (data: Buffer | string): Buffer => createHash('sha256').update(data).digest()

/** A plain file name: no folder, no way out of one, no character that file systems or pages stumble over. */
export function isFileName(name: string): boolean {
  return (
    name.length > 0 &&
    name.length <= LONGEST_NAME &&
    !/[/\\:*?"<>|]|\p{C}|\p{Zl}|\p{Zp}|\ufffd/u.test(name) &&
    !name.startsWith('.') &&
    name !== 'mimetype' &&
    name !== 'META-INF'
  )
}

export const isMediaType = (text: string): boolean => /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(text)

export function writeContainer({ files, signatures }: Container): Buffer {
  const entry = (path: string, mediaType: string): string =>
    `<manifest:file-entry manifest:full-path="${escapeXml(path)}" manifest:media-type="${escapeXml(mediaType)}"/>`
  const manifest = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<manifest:manifest xmlns:manifest="${MANIFEST}" manifest:version="1.2">${entry('/', MEDIA_TYPE)}${files
    .map(({ name, mediaType }) => entry(name, mediaType))
    .join('')}</manifest:manifest>`
  return writeZip([
    { name: 'mimetype', data: Buffer.from(MEDIA_TYPE) },
    ...files,
    { name: MANIFEST_NAME, data: Buffer.from(manifest) },
    ...signatures.map((xml, i) => ({ name: `META-INF/signatures${i}.xml`, data: Buffer.from(xml) })),
  ])
}

/** Reads a container whose parts fit together. Signatures are not checked here. Throws `BadContainer`. */
export function readContainer(archive: Buffer): Container {
  const entries = readZip(archive)
  const [first] = entries
  if (first?.name !== 'mimetype' || !first.stored || first.data.toString() !== MEDIA_TYPE)
    throw new BadContainer(`the archive does not begin with the media type ${MEDIA_TYPE}`)
  const manifest = entries.find(({ name }) => name === MANIFEST_NAME)
  if (!manifest) throw new BadContainer('the container has no manifest')
  const stated = readManifest(manifest.data.toString('utf8'))
  const files: DataFile[] = []
  const signatures: string[] = []
  // Tools pack a folder in any order: files stay as they lie, signatures come by their numbers.
  const rest = entries.slice(1).sort((a, b) => numberOf(a.name) - numberOf(b.name))
  for (const { name, data } of rest) {
    if (name === MANIFEST_NAME || (name === FOLDER && data.length === 0)) continue
    if (SIGNATURE_NAME.test(name)) {
      signatures.push(data.toString('utf8'))
      continue
    }
    if (!isFileName(name)) throw new BadContainer(`${JSON.stringify(name)} is not the name of a file`)
    const mediaType = stated.get(name)
    if (!mediaType) throw new BadContainer(`${name} is not in the manifest`)
    files.push({ name, mediaType, data })
  }
  if (files.length !== stated.size) throw new BadContainer('the manifest names a file that is not there')
  if (files.length === 0) throw new BadContainer('the container has no file')
  return { files, signatures }
}

/** Number of a signature by the name of its file; of any other file -1. */
const numberOf = (name: string): number => Number(SIGNATURE_NAME.exec(name)?.[1] ?? -1)

/** Media types of the files that a manifest names. */
function readManifest(text: string): Map<string, string> {
  const root = parseXml(text, 'the manifest')
  if (root.namespaceURI !== MANIFEST || root.localName !== 'manifest')
    throw new BadContainer('the manifest is of another kind')
  const stated = new Map<string, string>()
  for (const entry of onlyChild.all(root)) {
    const path = entry.getAttributeNS(MANIFEST, 'full-path') ?? ''
    const mediaType = entry.getAttributeNS(MANIFEST, 'media-type') ?? ''
    if (stated.has(path)) throw new BadContainer(`the manifest names ${path} twice`)
    if (path === '/' ? mediaType !== MEDIA_TYPE : !isMediaType(mediaType))
      throw new BadContainer(`the manifest states no media type of ${path}`)
    stated.set(path, mediaType)
  }
  if (!stated.delete('/')) throw new BadContainer('the manifest does not name the container')
  return stated
}
