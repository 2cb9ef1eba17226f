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
export async function httpRequest(request: HttpRequest): Promise<HttpReply> {
  try {
    return await once(request)
  } catch (error) {
    // A kept connection may close just as it is used again; a read is safe to repeat.
    if (error instanceof StaleConnection && request.method === 'GET') return once(request)
    throw error
  }
}

class StaleConnection extends Error {
  override name = 'StaleConnection'
}

function once({ url, method, headers, body, agent, timeoutMs }: HttpRequest): Promise<HttpReply> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? secure : plain
    const signal = AbortSignal.timeout(timeoutMs)
    const outgoing = send(url, { method, headers, signal, ...(agent ? { agent } : {}) })
    outgoing.once('error', (error) =>
      reject(outgoing.reusedSocket && !signal.aborted ? new StaleConnection(error.message) : error),
    )
    outgoing.once('response', (incoming) => {
      const chunks: Buffer[] = []
      let size = 0
      incoming.once('error', reject)
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > MAX_REPLY) incoming.destroy(new Error(`the reply is larger than ${MAX_REPLY} bytes`))
        else chunks.push(chunk)
      })
      incoming.once('end', () =>
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) }),
      )
    })
    outgoing.end(body)
  })
}
