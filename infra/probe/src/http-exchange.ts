import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import type { Readable } from 'node:stream'
import { constants, createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { StepFailure } from './steps.ts'

export const BODY_LIMIT = 256 * 1024
export const HEADER_LIMIT = 16 * 1024
/** Of one answer as it comes over the line. What counts as neither body nor header has no other end: interim answers, packed pieces of nothing. */
const RAW_LIMIT = 1024 * 1024
/** A body in single bytes takes a hundred times its size while it is held, and as long to read. */
const MOST_PIECES = 8_192

/** How much of an answer is taken. */
export interface AnswerLimits {
  readonly body: number
  readonly raw: number
}

const LIMITS: AnswerLimits = { body: BODY_LIMIT, raw: RAW_LIMIT }

export interface Exchanged {
  readonly response: IncomingMessage
  readonly body: Buffer
  /** There was more of the body than is taken. */
  readonly cut: boolean
  /** Said in the evidence. */
  readonly note: string
}

/** A kept connection that the server closed while we wrote: the request goes out again, as browsers do. */
class Stale extends Error {}

/**
 * One request and its answer, over by `deadline` (performance.now() time) whatever the other side does: a body is read up to `limits.body`
 * (also when it unpacks to more), headers up to HEADER_LIMIT. @throws StepFailure
 */
export async function exchange(
  options: RequestOptions,
  body: string | Buffer | undefined,
  deadline: number,
  limits = LIMITS,
): Promise<Exchanged> {
  for (let attempt = 0; attempt < 3; attempt++)
    try {
      return await attemptOnce(attempt < 2 ? options : { ...options, agent: false }, body, deadline, limits)
    } catch (error) {
      if (!(error instanceof Stale)) throw error
    }
  throw new StepFailure('down', { expected: 'an answer', received: 'the connection is closed each time' })
}

function attemptOnce(
  options: RequestOptions,
  body: string | Buffer | undefined,
  deadline: number,
  limits: AnswerLimits,
): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    let response: IncomingMessage | null = null
    const chunks: Buffer[] = []
    let size = 0
    const over = () => {
      clearTimeout(timer)
      uncount()
    }
    let uncount = () => {}
    const fail = (error: Error) => {
      over()
      reject(error)
      request.destroy()
    }
    const failed = (kind: 'down' | 'broken', received: string) =>
      fail(new StepFailure(kind, { expected: 'a whole answer in time', received, cut: true }))
    const done = (cut: boolean) => {
      over()
      const note = cut ? `body cut at ${limits.body} bytes` : ''
      if (response) resolve({ response, body: Buffer.concat(chunks), cut, note })
    }
    const client = options.protocol === 'https:' ? https : http
    const request = client.request(options, (incoming) => {
      response = incoming
      const plain = unpacked(incoming, options.method)
      plain.on('data', (chunk: Buffer) => {
        const room = limits.body - size
        size += chunk.length
        if (chunks.length >= MOST_PIECES) return failed('broken', `a body in more than ${MOST_PIECES} pieces`)
        chunks.push(room < chunk.length ? chunk.subarray(0, Math.max(0, room)) : chunk)
        if (size <= limits.body) return
        done(true)
        request.destroy()
      })
      plain.on('end', () => done(false))
      incoming.on('error', (error) => failed('broken', `answer broke off: ${error.message}`))
      if (plain !== incoming)
        plain.on('error', (error) =>
          failed('broken', `not valid ${incoming.headers['content-encoding']}: ${error.message}`),
        )
    })
    // After the request, which throws for what a header can not hold: nothing must be left of it then.
    const timer = setTimeout(
      () =>
        response
          ? failed('broken', `HTTP ${response.statusCode}, body not ended in time after ${size} bytes`)
          : failed('down', 'no answer in time'),
      Math.max(1, deadline - performance.now()),
    )
    request.on('socket', (socket) => {
      const before = socket.bytesRead
      const count = () => {
        if (socket.bytesRead - before > limits.raw) failed('broken', `more than ${limits.raw} bytes`)
      }
      socket.on('data', count)
      uncount = () => socket.off('data', count)
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? ''
      if (response === null && request.reusedSocket && (code === 'ECONNRESET' || code === 'EPIPE'))
        return fail(new Stale())
      // The parser and TLS complain about what was answered; everything else is silence.
      const answered = response !== null || /^(HPE_|ERR_SSL|ERR_TLS|EPROTO)/.test(code)
      failed(answered ? 'broken' : 'down', `${code} ${error.message}`.trim())
    })
    request.end(body)
  })
}

/** The body without its content encoding. */
function unpacked(response: IncomingMessage, method: string | undefined): Readable {
  const bodiless = method === 'HEAD' || response.statusCode === 204 || response.statusCode === 304
  const flush = { finishFlush: constants.Z_SYNC_FLUSH }
  const encoding = bodiless ? undefined : response.headers['content-encoding']?.trim().toLowerCase()
  if (encoding === 'gzip' || encoding === 'x-gzip') return response.pipe(createGunzip(flush))
  if (encoding === 'deflate') return response.pipe(createInflate(flush))
  if (encoding === 'br') return response.pipe(createBrotliDecompress())
  return response
}
