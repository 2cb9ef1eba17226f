/** Largest file of a message or of an answer, in bytes. */
export const MOST_FILE_BYTES = 5 * 1024 * 1024

/** Longest name of a file, in UTF-16 units. */
export const MOST_NAME_LENGTH = 120

/** What files may be, by the end of their names: a short list, each known by its content. */
export const FILE_TYPES = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  pdf: 'application/pdf',
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  ics: 'text/calendar',
  pcap: 'application/vnd.tcpdump.pcap',
} as const

/** A media type that a file may have. */
export type FileType = (typeof FILE_TYPES)[keyof typeof FILE_TYPES]

export const MEDIA_TYPES: readonly FileType[] = [...new Set(Object.values(FILE_TYPES))]

/** Only these are ever shown in a page; everything else is saved. */
export const isImage = (type: string): boolean => type === 'image/png' || type === 'image/jpeg'

/** What the first bytes of a type are. */
const MAGIC: Readonly<Partial<Record<FileType, readonly (readonly number[])[]>>> = {
  'image/png': [[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  'image/jpeg': [[0xff, 0xd8, 0xff]],
  'application/pdf': [[0x25, 0x50, 0x44, 0x46, 0x2d]],
  'application/vnd.tcpdump.pcap': [
    [0xd4, 0xc3, 0xb2, 0xa1],
    [0xa1, 0xb2, 0xc3, 0xd4],
    [0x4d, 0x3c, 0xb2, 0xa1],
    [0xa1, 0xb2, 0x3c, 0x4d],
    [0x0a, 0x0d, 0x0d, 0x0a],
  ],
}

/** What a file is, or why it is none that is taken. */
export type Sniffed =
  | { readonly ok: true; readonly type: FileType }
  | { readonly ok: false; readonly why: 'unknown-ending' | 'empty' | 'other-content' }

/** The media type that the end of a file's name says; null where it says none that is taken. */
export function typeOfName(name: string): FileType | null {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(FILE_TYPES, ending) ? FILE_TYPES[ending as keyof typeof FILE_TYPES] : null
}

/** The media type of a file, by the end of its name and by its content: both must say the same. */
export function sniff(name: string, bytes: Uint8Array): Sniffed {
  const type = typeOfName(name)
  if (!type) return { ok: false, why: 'unknown-ending' }
  if (bytes.length === 0) return { ok: false, why: 'empty' }
  const magic = MAGIC[type]
  const is = magic
    ? magic.some((start) => start.every((byte, at) => bytes[at] === byte))
    : isText(bytes) && (type !== 'text/calendar' || startsWith(bytes, 'BEGIN:VCALENDAR'))
  return is ? { ok: true, type } : { ok: false, why: 'other-content' }
}

/** The name of a file as it may be kept and shown: no way to another folder, nothing that hides or turns what stands around it. Null when nothing is left. */
export function cleanName(name: string): string | null {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = last
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '')
    .trim()
    .replace(/^\.+/, '')
  if (clean.length <= MOST_NAME_LENGTH) return clean || null
  const ending = /\.[a-z0-9]{1,8}$/i.exec(clean)?.[0] ?? ''
  const cut = [...clean.slice(0, MOST_NAME_LENGTH - ending.length)].filter((c) => !/\p{Cs}/u.test(c))
  return cut.join('').trimEnd() + ending
}

const startsWith = (bytes: Uint8Array, text: string): boolean => {
  const from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  return [...text].every((char, at) => bytes[from + at] === char.charCodeAt(0))
}

/** Whether it is UTF-8 and has no control characters but those of lines and tabs: nothing that a terminal obeys, and no program. */
function isText(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0
    if (byte < 0x80) {
      if ((byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c) || byte === 0x7f)
        return false
      at += 1
      continue
    }
    const length = byte >= 0xf5 ? 0 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 0
    if (length === 0) return false
    const second = bytes[at + 1] ?? 0
    // Too long a form, half of a pair, and what is beyond Unicode.
    if (byte === 0xe0 && second < 0xa0) return false
    if (byte === 0xed && second > 0x9f) return false
    if (byte === 0xf0 && second < 0x90) return false
    if (byte === 0xf4 && second > 0x8f) return false
    for (let i = 1; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return false
    at += length
  }
  return true
}
