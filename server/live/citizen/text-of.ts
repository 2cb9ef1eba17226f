/** What begins a text says how it is to be read, whatever else is said of it. */
const MARKS: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-16le', [0xff, 0xfe]],
]
const IN_PAGE = /<meta[^<>]{1,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i

/**
 * The text of a page or a style sheet as a browser would read it, so that it can be sent on as UTF-8: in some encodings bytes that look like nothing are a tag.
 * `type`: its `Content-Type`.
 */
export function textOf(body: Buffer, type: string): string {
  const marked = MARKS.find(([, bytes]) => bytes.every((byte, at) => body[at] === byte))?.[0]
  const said = marked ?? /;\s*charset\s*=\s*"?([\w.:-]{1,40})/i.exec(type)?.[1] ?? inPage(body)
  return (
    (said !== undefined && read(body, said, false)) ||
    read(body, 'utf-8', true) ||
    (read(body, 'windows-1252', false) ?? '')
  )
}

/** It is read as ASCII there, so it is no UTF-16. */
function inPage(body: Buffer): string | undefined {
  const said = IN_PAGE.exec(body.toString('latin1', 0, 1_024))?.[1]
  return said && /^utf-16/i.test(said) ? 'utf-8' : said
}

/** Null: there is no such encoding, or, where it is `fatal`, the bytes are not of it. */
function read(body: Buffer, encoding: string, fatal: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal }).decode(body)
  } catch {
    return null
  }
}
