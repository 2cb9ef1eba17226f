import { BadContainer } from './zip-error.ts'

export const LOCAL = 0x04034b50
export const CENTRAL = 0x02014b50
export const END = 0x06054b50
const DESCRIPTOR = 0x08074b50
export const END_SIZE = 22
const CENTRAL_SIZE = 46
const LOCAL_SIZE = 30
const LONGEST_COMMENT = 0xffff
/** A size that does not fit, or that stands elsewhere. */
const ELSEWHERE = 0xffffffff

/** Bits of an entry: how hard it was deflated, sizes follow behind the data, the name is UTF-8. No other one is understood here. */
const EFFORT = 0x0006
const STREAMED = 0x0008
const UTF8 = 0x0800
const ENCRYPTED = 0x2041

/** Extra fields that say what a header says too (APPNOTE 4.5.3 and 4.6.9). */
const ZIP64 = 0x0001
const UNICODE_PATH = 0x7075
/** Unix file type, in the upper half of the external attributes. */
const FILE_TYPE = 0o170000
const LINK = 0o120000

/** What the directory of an archive says of an entry. */
export interface Header {
  readonly name: string
  readonly rawName: Buffer
  readonly flags: number
  readonly method: number
  /** DOS time and date. */
  readonly moment: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  /** Where its local header is. */
  readonly offset: number
}

/** The directory of an archive, in the order in which the entries lie, and where it begins. Throws `BadContainer`. */
export function readDirectory(
  archive: Buffer,
  most: number,
): { readonly start: number; readonly headers: readonly Header[] } {
  const end = findEnd(archive)
  const count = archive.readUInt16LE(end + 10)
  const start = archive.readUInt32LE(end + 16)
  if (
    archive.readUInt32LE(end + 4) !== 0 ||
    archive.readUInt16LE(end + 8) !== count ||
    archive.readUInt32LE(end + 12) + start !== end
  )
    throw new BadContainer('the end of the archive is damaged')
  if (count > most) throw new BadContainer(`the archive has more than ${most} entries`)
  const headers: Header[] = []
  let at = start
  for (let i = 0; i < count; i++) {
    const { header, length } = headerAt(archive, at, end)
    headers.push(header)
    at += length
  }
  if (at !== end) throw new BadContainer('there is something behind the directory of the archive')
  return { start, headers: headers.sort((a, b) => a.offset - b.offset) }
}

/** The record at the end of an archive, whose comment reaches to the last byte. A comment in which another such record hides is refused. */
function findEnd(archive: Buffer): number {
  const found: number[] = []
  const last = archive.length - END_SIZE
  for (let at = Math.max(0, last - LONGEST_COMMENT); at <= last; at++)
    if (archive.readUInt32LE(at) === END && at + archive.readUInt16LE(at + 20) === last) found.push(at)
  const [end, second] = found
  if (end === undefined) throw new BadContainer('this is no zip archive')
  if (second !== undefined) throw new BadContainer('the archive has two ends')
  return end
}

/** One record of the directory, and how long it is. */
function headerAt(archive: Buffer, at: number, end: number): { header: Header; length: number } {
  if (at + CENTRAL_SIZE > end || archive.readUInt32LE(at) !== CENTRAL)
    throw new BadContainer('the directory of the archive is damaged')
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
    archive.readUInt16LE(at + field),
  ) as [number, number, number]
  const length = CENTRAL_SIZE + nameLength + extraLength + commentLength
  if (at + length > end) throw new BadContainer('the directory of the archive is cut off')
  const rawName = archive.subarray(at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength)
  const name = rawName.toString('utf8')
  if (!Buffer.from(name).equals(rawName)) throw new BadContainer('the name of an entry is not UTF-8')
  const extra = at + CENTRAL_SIZE + nameLength
  oneName(archive.subarray(extra, extra + extraLength), rawName, name)
  const flags = archive.readUInt16LE(at + 8)
  if ((flags & ENCRYPTED) !== 0) throw new BadContainer(`${name} is encrypted`)
  if ((flags & ~(EFFORT | STREAMED | UTF8)) !== 0)
    throw new BadContainer(`${name} is packed in an unknown way`)
  if (((archive.readUInt32LE(at + 38) >>> 16) & FILE_TYPE) === LINK)
    throw new BadContainer(`${name} is a link`)
  if (archive.readUInt16LE(at + 34) !== 0) throw new BadContainer(`${name} is in another part of the archive`)
  const header = {
    ...{ name, rawName, flags, method: archive.readUInt16LE(at + 10), moment: archive.readUInt32LE(at + 12) },
    ...{ crc: archive.readUInt32LE(at + 16), packed: archive.readUInt32LE(at + 20) },
    ...{ size: archive.readUInt32LE(at + 24), offset: archive.readUInt32LE(at + 42) },
  }
  return { header, length }
}

/**
 * The packed data of an entry that ends at `next`, after checking that its local header says the same as the directory and that nothing
 * but a data descriptor follows. Throws `BadContainer`.
 */
export function packedData(archive: Buffer, header: Header, next: number): Buffer {
  const { name, rawName, offset, flags, packed, size, crc } = header
  if (offset + LOCAL_SIZE > next || archive.readUInt32LE(offset) !== LOCAL)
    throw new BadContainer(`${name} is not there`)
  const nameEnd = offset + LOCAL_SIZE + archive.readUInt16LE(offset + 26)
  const from = nameEnd + archive.readUInt16LE(offset + 28)
  if (from + packed > next) throw new BadContainer(`${name} is cut off`)
  const extra = archive.subarray(nameEnd, from)
  oneName(extra, rawName, name)
  const streamed = (flags & STREAMED) !== 0
  const large = extraField(extra, ZIP64)
  /** `part` is where ZIP64 has a size that is too large for its field, or that was not known yet when the header was written. */
  const says = (field: number, value: number, part?: number): boolean => {
    const short = archive.readUInt32LE(offset + field)
    const isLong = short === ELSEWHERE && part !== undefined && large && large.length >= part + 8
    const said = isLong ? Number(large.readBigUInt64LE(part)) : short
    return said === value || (streamed && said === 0)
  }
  const same =
    archive.readUInt16LE(offset + 6) === flags &&
    archive.readUInt16LE(offset + 8) === header.method &&
    archive.readUInt32LE(offset + 10) === header.moment &&
    says(14, crc) &&
    says(18, packed, 8) &&
    says(22, size, 0) &&
    archive.subarray(offset + LOCAL_SIZE, nameEnd).equals(rawName)
  if (!same) throw new BadContainer(`the two headers of ${name} say different things`)
  const rest = archive.subarray(from + packed, next)
  if (streamed ? !isDescriptor(rest, header) : rest.length > 0)
    throw new BadContainer(`there is something behind ${name}`)
  return archive.subarray(from, from + packed)
}

/** Data descriptor (APPNOTE 4.3.9): checksum and sizes, of 4 bytes or 8, with or without a signature before them. */
function isDescriptor(rest: Buffer, { crc, packed, size }: Header): boolean {
  const said = Buffer.alloc(16)
  said.writeUInt32LE(DESCRIPTOR, 0)
  said.writeUInt32LE(crc, 4)
  said.writeUInt32LE(packed, 8)
  said.writeUInt32LE(size, 12)
  const zero = Buffer.alloc(4)
  const large = Buffer.concat([said.subarray(0, 12), zero, said.subarray(12), zero])
  return [said, large].some((one) => rest.equals(one) || rest.equals(one.subarray(4)))
}

/** Refuses an entry that another tool would give another name. */
function oneName(extra: Buffer, rawName: Buffer, name: string): void {
  const path = extraField(extra, UNICODE_PATH)
  if (path && !path.subarray(5).equals(rawName)) throw new BadContainer(`${name} has two names`)
}

function extraField(extra: Buffer, id: number): Buffer | undefined {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2)
    if (end > extra.length) return undefined
    if (extra.readUInt16LE(at) === id) return extra.subarray(at + 4, end)
    at = end
  }
  return undefined
}
