import { createHash, generateKeyPairSync } from 'node:crypto'
import { strFromU8, strToU8, zipSync } from 'fflate'
import type { AppPlace } from '../app.ts'
import { useCard } from '../card.ts'
import { unzipped } from './unzip.ts'

type Input = Readonly<Record<string, string>>
interface Made {
  /** Base64. */
  readonly container: string
}

const SIGNATURE = 'META-INF/signatures0.xml'
const MANIFEST = 'META-INF/manifest.xml'
const MOMENT = new Date(2026, 0, 1)

/** A text as its UTF-8 bytes, a letter each: files are bytes and must stay what they are. */
const bytes = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

/** Unpacks a container, changes its entries (by name, in order) and packs it with every checksum made anew. */
function repacked(container: string, change: (entries: Map<string, string>) => void): Made {
  const entries = new Map(
    Object.entries(unzipped(container)).map(([name, data]) => [name, strFromU8(data, true)]),
  )
  change(entries)
  const files = Object.fromEntries([...entries].map(([name, text]) => [name, strToU8(text, true)]))
  return { container: Buffer.from(zipSync(files, { level: 0, mtime: MOMENT })).toString('base64') }
}

/** Replaces `find` by `put` in every file and signature. */
export const change = ({ container = '', find = '', put = '' }: Input): Made =>
  repacked(container, (entries) => {
    for (const [name, text] of entries) entries.set(name, text.replaceAll(bytes(find), bytes(put)))
  })

/** Adds a file `name` with `text` under the name that is given, and names it in the manifest. */
export const add = ({ container = '', name = '', text = '' }: Input): Made =>
  repacked(container, (entries) => {
    addFile(entries, name, text)
  })

function addFile(entries: Map<string, string>, name: string, text: string): void {
  entries.set(name, bytes(text))
  const line = `<manifest:file-entry manifest:full-path="${name}" manifest:media-type="text/plain"/>`
  entries.set(
    MANIFEST,
    (entries.get(MANIFEST) ?? '').replace('</manifest:manifest>', `${line}</manifest:manifest>`),
  )
}

/**
 * Signature wrapping: adds a file `name` that nobody signed, and beside the genuine signature the shell of another one that refers to it.
 */
export const wrap = ({ container = '', name = '', text = '' }: Input): Made =>
  repacked(container, (entries) => {
    addFile(entries, name, text)
    const digest = createHash('sha256').update(text).digest('base64')
    const shell = `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="W"><ds:SignedInfo><ds:Reference Id="W-REF0" URI="${encodeURIComponent(name)}"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:Object><xades:DataObjectFormat xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" ObjectReference="#W-REF0"><xades:MimeType>text/plain</xades:MimeType></xades:DataObjectFormat></ds:Object></ds:Signature>`
    const genuine = entries.get(SIGNATURE) ?? ''
    entries.set(SIGNATURE, genuine.replace('</asic:XAdESSignatures>', `${shell}</asic:XAdESSignatures>`))
  })

const forger = Buffer.from(
  generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
).toString('base64')

/** A card in the name of `person` that an attacker's own authority issued, and its signature over `digest`. */
export async function forgedCard({ person = '', digest = 'AA==' }: Input, place: AppPlace): Promise<unknown> {
  const holder = place.population.land.byCode.get(person)
  if (!holder) throw new Error(`nobody has the code ${person}`)
  return JSON.parse(
    await useCard(forger, holder, { person, origin: '', nonce: '', certificate: 'signature', digest }),
  )
}
