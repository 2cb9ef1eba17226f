import { randomBytes } from 'node:crypto'

export interface Part {
  readonly type: string
  readonly content: Buffer
}

const CRLF = '\r\n'
const PART = /^content-type:\s*([^\r\n;]+)[^\r\n]*\r\n\r\n/i

/** multipart/mixed (RFC 2046) of parts that have a type and no other header. */
export function writeMultipart(parts: readonly Part[]): { type: string; body: Buffer } {
  const boundary = randomBytes(24).toString('hex')
  const chunks = parts.flatMap(({ type, content }) => [
    Buffer.from(`--${boundary}${CRLF}content-type: ${type}${CRLF}${CRLF}`),
    content,
    Buffer.from(CRLF),
  ])
  return {
    type: `multipart/mixed; boundary=${boundary}`,
    body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--${CRLF}`)]),
  }
}

/** Throws when it is not what `writeMultipart` writes. */
export function readMultipart(type: string, body: Buffer): readonly Part[] {
  const boundary = /^multipart\/mixed;\s*boundary="?([\w-]{8,70})"?$/i.exec(type)?.[1]
  if (!boundary) throw new Error('the message is not multipart/mixed')
  const delimiter = Buffer.from(`${CRLF}--${boundary}`)
  const parts: Part[] = []
  // The first delimiter has no line end before it.
  let from = delimiter.length - CRLF.length
  if (!body.subarray(0, from).equals(delimiter.subarray(CRLF.length)))
    throw new Error('the message has no part')
  while (body.subarray(from, from + 2).toString() === CRLF) {
    const end = body.indexOf(delimiter, from)
    if (end < 0) throw new Error('the message is cut off')
    const part = body.subarray(from + 2, end)
    const header = PART.exec(part.subarray(0, 200).toString('latin1'))
    if (!header?.[1]) throw new Error('a part of the message has no type')
    parts.push({ type: header[1].trim(), content: part.subarray(header[0].length) })
    from = end + delimiter.length
  }
  return parts
}
