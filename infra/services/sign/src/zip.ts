import { crc32 } from 'node:zlib'
import { inflateSync } from 'fflate'
import { BadContainer } from './zip-error.ts'
import { packedData, readDirectory } from './zip-headers.ts'

/** An entry of a zip archive, unpacked. */
export interface Entry {
  readonly name: string
  readonly data: Buffer
  /** Not compressed in the archive. */
  readonly stored: boolean
}

const MOST_ENTRIES = 50
/** Bytes of all entries together, unpacked. */
const MOST_BYTES = 4 * 1024 * 1024
const STORED = 0
const DEFLATED = 8

/**
 * Unpacks a zip archive, whichever tool packed it (extra fields, attributes, comments, data descriptors), and so that no two tools can see different
 * things in it: entries lie end to end from the first byte to the directory, nothing hides between or behind them, both headers of each say the same, and
 * no name is there twice. Refuses encryption, links, wrong checksums, and what would unpack to more than 4 MiB. Names are not judged here.
 * Gives the entries in the order in which they lie. Throws `BadContainer`.
 */
export function readZip(archive: Buffer): readonly Entry[] {
  const { start, headers } = readDirectory(archive, MOST_ENTRIES)
  if ((headers[0]?.offset ?? start) !== 0) throw new BadContainer('there is something before the first entry')
  const names = new Set<string>()
  let total = 0
  for (const { name, size } of headers) {
    total += size
    if (total > MOST_BYTES) throw new BadContainer('the archive unpacks to more than 4 MiB')
    if (names.has(name)) throw new BadContainer(`${name} is there twice`)
    names.add(name)
  }
  return headers.map((header, i) => {
    const { name, method, size, crc } = header
    const data = unpack(packedData(archive, header, headers[i + 1]?.offset ?? start), method, size, name)
    if (crc32(data) !== crc) throw new BadContainer(`${name} is damaged: its checksum does not fit`)
    return { name, data, stored: method === STORED }
  })
}

function unpack(data: Buffer, method: number, size: number, name: string): Buffer {
  if (method === STORED && data.length === size) return data
  if (method !== DEFLATED) throw new BadContainer(`${name} is packed in an unknown way`)
  try {
    // One byte more than it says to be: an entry that lies about its size does not fit.
    const out = Buffer.from(inflateSync(data, { out: new Uint8Array(size + 1) }))
    if (out.length === size) return out
  } catch {
    // Said below.
  }
  throw new BadContainer(`${name} does not unpack to the size that it states`)
}
