import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { request as plain } from 'node:http'
import { type Agent, request as secure } from 'node:https'

export interface HttpRequest {
  readonly url: string
  readonly method: string
  readonly headers: OutgoingHttpHeaders
  readonly body?: Buffer
  /** For https URLs. */
  readonly agent?: Agent
  readonly timeoutMs: number
}

export interface HttpReply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

const MAX_REPLY = 5 * 1024 * 1024

/** One HTTP exchange, whole bodies in memory, redirects never followed. Rejects on network errors, lateness and replies over 5 MiB. */
export function httpRequest({
  url,
  method,
  headers,
  body,
  agent,
  timeoutMs,
}: HttpRequest): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? secure : plain
    const outgoing = send(url, {
      method,
      headers,
      ...(agent ? { agent } : {}),
      signal: AbortSignal.timeout(timeoutMs),
    })
    outgoing.once('error', reject)
    outgoing.once('response', (incoming) => {
      const chunks: Buffer[] = []
      let size = 0
      incoming.once('error', reject)
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > MAX_REPLY) outgoing.destroy(new Error(`the reply is larger than ${MAX_REPLY} bytes`))
        else chunks.push(chunk)
      })
      incoming.once('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
      )
    })
    outgoing.end(body)
  })
}
