import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'

/** A REST message as one security server gives it to the other, and as it is hashed, signed and logged. */
export interface RestMessage {
  /** First line (`GET /r1/...` or `200`) and headers in alphabetical order as `name:value`, each line ended by CRLF. */
  readonly head: string
  readonly body: Buffer
}

export function restMessage(first: string, headers: OutgoingHttpHeaders, body: Buffer): RestMessage {
  const lines = Object.keys(headers)
    .sort()
    .flatMap((name) => [headers[name] ?? []].flat().map((value) => `${name}:${value}`))
  return { head: [first, ...lines, ''].join('\r\n'), body }
}

/** The first line and the headers of a message; of a header that is there twice, all values. */
export function readHead(head: string): { first: string; headers: IncomingHttpHeaders } {
  const [first = '', ...lines] = head.split('\r\n')
  const headers: Record<string, string | string[]> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon < 1) continue
    const name = line.slice(0, colon)
    const before = headers[name]
    const value = line.slice(colon + 1)
    headers[name] = before === undefined ? value : [before, value].flat()
  }
  return { first, headers }
}

/** Base64 of SHA512(SHA512(head) + SHA512(body)), or of SHA512(head) without a body: X-Road-Request-Hash (PR-REST 4.3). */
export function messageHash({ head, body }: RestMessage): string {
  const first = sha512(head)
  return (body.length > 0 ? sha512(Buffer.concat([first, sha512(body)])) : first).toString('base64')
}

export const sha512 = (data: string | Buffer): Buffer => createHash('sha512').update(data).digest()
