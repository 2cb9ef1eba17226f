import { crc32 } from 'node:zlib'
import { inflateSync } from 'fflate'

/** What is wrong with a container. The message is for the person who handed it in. */
export class BadContainer extends Error {
  override name = 'BadContainer'
}

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
const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const END_SIZE = 22
const CENTRAL_SIZE = 46
const LOCAL_SIZE = 30
const STORED = 0
const DEFLATED = 8
/** Bit 11: names are UTF-8. */
const UTF8_FLAG = 0x0800
/** 1 January 2026, as DOS writes it: the year since 1980, month and day in the upper half. */
const MOMENT = ((46 << 9) | (1 << 5) | 1) << 16

/**
 * Unpacks a zip archive, strictly: every byte must have its meaning, so that nothing hides between or beside the entries. Refuses duplicates,
 * encryption, comments, disagreeing headers, wrong checksums, and what would unpack to more than 4 MiB. Throws `BadContainer`.
 */
export function readZip(archive: Buffer): readonly Entry[] {
  const end = archive.length - END_SIZE
  if (end < 0 || archive.readUInt32LE(end) !== END) throw new BadContainer('this is no zip archive')
  const count = archive.readUInt16LE(end + 10)
  const start = archive.readUInt32LE(end + 16)
  if (
    archive.readUInt32LE(end + 4) !== 0 ||
    archive.readUInt16LE(end + 8) !== count ||
    archive.readUInt32LE(end + 12) + start !== end ||
    archive.readUInt16LE(end + 20) !== 0
  )
    throw new BadContainer('the end of the archive is damaged')
  if (count > MOST_ENTRIES) throw new BadContainer(`the archive has more than ${MOST_ENTRIES} entries`)

  const entries = new Map<string, Entry>()
  let at = start
  let offset = 0
  let total = 0
  const maker = count > 0 && at + 6 <= end ? archive.readUInt16LE(at + 4) : 0
  for (let i = 0; i < count; i++) {
    const header = headerAt(archive, at, end)
    const { name, size, packed, method } = header
    total += size
    if (total > MOST_BYTES) throw new BadContainer('the archive unpacks to more than 4 MiB')
    if (entries.has(name)) throw new BadContainer(`${name} is there twice`)
    if (archive.readUInt16LE(at + 4) !== maker || header.offset !== offset)
      throw new BadContainer(`the directory is damaged at ${name}`)
    const from = localHeader(archive, offset, start, at, header)
    if (from + packed > start) throw new BadContainer(`${name} is cut off`)
    const data = unpack(archive.subarray(from, from + packed), method, size, name)
    if (crc32(data) !== header.crc) throw new BadContainer(`${name} is damaged: its checksum does not fit`)
    entries.set(name, { name, data, stored: method === STORED })
    offset = from + packed
    at += CENTRAL_SIZE + header.nameLength
  }
  if (offset !== start || at !== end) throw new BadContainer('there is something between the entries')
  return [...entries.values()]
}

interface Header {
  readonly name: string
  readonly nameLength: number
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/** One record of the central directory. */
function headerAt(archive: Buffer, at: number, end: number): Header {
  if (at + CENTRAL_SIZE > end || archive.readUInt32LE(at) !== CENTRAL)
    throw new BadContainer('the directory of the archive is damaged')
  const nameLength = archive.readUInt16LE(at + 28)
  // Extra fields, comment, disk and attributes: none of these is of use here.
  const rest = archive.subarray(at + 30, at + 42)
  if (rest.some((byte) => byte !== 0) || at + CENTRAL_SIZE + nameLength > end)
    throw new BadContainer('the directory of the archive has fields that do not belong there')
  const raw = archive.subarray(at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength)
  const name = raw.toString('utf8')
  if (!Buffer.from(name).equals(raw)) throw new BadContainer('the name of an entry is not UTF-8')
  if ((archive.readUInt16LE(at + 8) & ~UTF8_FLAG) !== 0)
    throw new BadContainer(`${name} is encrypted or of unknown size`)
  return {
    name,
    nameLength,
    method: archive.readUInt16LE(at + 10),
    crc: archive.readUInt32LE(at + 16),
    packed: archive.readUInt32LE(at + 20),
    size: archive.readUInt32LE(at + 24),
    offset: archive.readUInt32LE(at + 42),
  }
}

/** Checks that the local header says the same as the directory; gives where the data begins. */
function localHeader(archive: Buffer, offset: number, start: number, at: number, header: Header): number {
  const { name, nameLength } = header
  const from = offset + LOCAL_SIZE + nameLength
  if (from > start || archive.readUInt32LE(offset) !== LOCAL) throw new BadContainer(`${name} is not there`)
  // Version to size: the same 22 bytes in both.
  const same =
    archive.subarray(offset + 4, offset + 28).equals(archive.subarray(at + 6, at + 30)) &&
    archive.readUInt16LE(offset + 28) === 0 &&
    archive
      .subarray(offset + LOCAL_SIZE, from)
      .equals(archive.subarray(at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength))
  if (!same) throw new BadContainer(`the two headers of ${name} say different things`)
  return from
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

/** A zip archive of these entries in this order, none compressed. (A library that takes them as an object can not keep the order of names like `1`.) */
export function writeZip(entries: readonly { readonly name: string; readonly data: Buffer }[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data } of entries) {
    const path = Buffer.from(name)
    const about = fieldsOf(path, data)
    const local = Buffer.concat([signature(LOCAL), about, Buffer.alloc(2), path, data])
    const rest = Buffer.alloc(16)
    rest.writeUInt32LE(offset, 12)
    directory.push(Buffer.concat([signature(CENTRAL), about.subarray(0, 2), about, rest, path]))
    bodies.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(END_SIZE)
  end.writeUInt32LE(END, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, central, end])
}

function signature(kind: number): Buffer {
  const four = Buffer.alloc(4)
  four.writeUInt32LE(kind)
  return four
}

/** Version to length of the name: the same 24 bytes in both headers. */
function fieldsOf(path: Buffer, data: Buffer): Buffer {
  const fields = Buffer.alloc(24)
  fields.writeUInt16LE(20, 0)
  fields.writeUInt16LE(UTF8_FLAG, 2)
  fields.writeUInt32LE(MOMENT >>> 0, 6)
  fields.writeUInt32LE(crc32(data), 10)
  fields.writeUInt32LE(data.length, 14)
  fields.writeUInt32LE(data.length, 18)
  fields.writeUInt16LE(path.length, 22)
  return fields
}
