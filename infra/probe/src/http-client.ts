import http, { type IncomingMessage, type RequestOptions } from 'node:http'
import https from 'node:https'
import { brotliDecompressSync, constants, gunzipSync, inflateSync } from 'node:zlib'
import { BROWSERS } from './browsers.ts'
import { clientCertificate } from './certificate.ts'
import type { CookieJar } from './cookies.ts'
import { type Network, resolveTarget, sourceFor } from './networks.ts'
import { type HttpRequest, type Reply, StepFailure } from './steps.ts'

const BODY_LIMIT = 256 * 1024
const HEADER_LIMIT = 16 * 1024

/** Who asks: one citizen, official or attacker of one run. */
export interface Actor {
  readonly cookies: CookieJar
  /** 0..1, chooses address and browser: stays the same for the actor in one run. */
  readonly choice: number
}

export interface HttpPlace {
  readonly networks: readonly Network[]
  readonly addresses: readonly string[]
}

const agents = new Map<string, http.Agent>()

/** Connections are kept per source address; certificates of enclaves are their own, so none is checked. */
function agentFor(url: URL, source: string | undefined, key: string | undefined): http.Agent {
  const id = `${url.protocol}${source ?? ''}|${key ?? ''}`
  const known = agents.get(id)
  if (known) return known
  const options = { keepAlive: true, maxSockets: 16, maxFreeSockets: 2, timeout: 4_000 }
  const agent =
    url.protocol === 'https:'
      ? new https.Agent({ ...options, rejectUnauthorized: false, ...(key ? clientCertificate(key) : {}) })
      : new http.Agent(options)
  agents.set(id, agent)
  return agent
}

function payload(request: HttpRequest): { readonly body: string | Buffer; readonly type: string } | null {
  if (request.form)
    return { body: new URLSearchParams(request.form).toString(), type: 'application/x-www-form-urlencoded' }
  if (request.json !== undefined) return { body: JSON.stringify(request.json), type: 'application/json' }
  if (request.text !== undefined) return { body: request.text, type: 'text/plain; charset=utf-8' }
  if (!request.file) return null
  const { field, name, type, content } = request.file
  const boundary = `----kilp${Math.random().toString(36).slice(2)}`
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${name.replaceAll('"', '%22')}"\r\nContent-Type: ${type}\r\n\r\n`
  return {
    body: `${head}${content}\r\n--${boundary}--\r\n`,
    type: `multipart/form-data; boundary=${boundary}`,
  }
}

/** One request with its redirects, all inside `deadline` (performance.now() time). @throws StepFailure */
export async function sendHttp(
  request: HttpRequest,
  redirects: number,
  actor: Actor,
  place: HttpPlace,
  deadline: number,
): Promise<Reply> {
  const since = performance.now()
  let url = new URL(request.url)
  for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.append(name, value)
  let method = request.method.toUpperCase()
  let content = payload(request)
  for (let hop = 0; ; hop++) {
    const reply = await once(url, method, content, request, actor, place, deadline)
    const location = reply.headers.location
    if (redirects === 0 || !location || reply.status < 300 || reply.status > 399)
      return { ...reply, ms: performance.now() - since }
    if (hop >= redirects)
      throw new StepFailure('broken', {
        expected: `at most ${redirects} redirects`,
        received: `still redirected to ${location}`,
        sent: reply.sent,
      })
    url = new URL(location, url)
    // As browsers do: 303 always, 301 and 302 after a POST, turn into GET.
    if (reply.status === 303 || (method === 'POST' && reply.status < 303)) {
      method = 'GET'
      content = null
    }
  }
}

async function once(
  url: URL,
  method: string,
  content: ReturnType<typeof payload>,
  request: HttpRequest,
  actor: Actor,
  place: HttpPlace,
  deadline: number,
): Promise<Reply> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new StepFailure('fault', { expected: 'http or https', received: `refused: ${url.protocol}` })
  const address = await resolveTarget(url.hostname, place.networks)
  const source = sourceFor(address, place.addresses, place.networks, actor.choice)
  const cookie = actor.cookies.header(url)
  const headers: Record<string, string | number> = {
    host: url.host,
    ...BROWSERS[Math.floor(actor.choice * BROWSERS.length)],
    ...(cookie ? { cookie } : {}),
    ...(content ? { 'content-type': content.type, 'content-length': Buffer.byteLength(content.body) } : {}),
  }
  for (const [name, value] of Object.entries(request.headers ?? {}))
    headers[name.toLowerCase()] = headerText(value)
  const options: RequestOptions = {
    host: address,
    port: url.port || (url.protocol === 'https:' ? 443 : 80),
    path: `${url.pathname}${url.search}`,
    method,
    headers,
    agent: agentFor(url, source, request.key),
    maxHeaderSize: HEADER_LIMIT,
    setHost: false,
    ...(source ? { localAddress: source } : {}),
    ...(url.protocol === 'https:' ? { servername: '' } : {}),
  }
  const sent = `${method} ${url.href}${content ? `\n${content.body}` : ''}`
  const since = performance.now()
  const { response, body, note } = await exchange(
    url.protocol === 'https:' ? https : http,
    options,
    content?.body,
    deadline,
    sent,
  )
  actor.cookies.take(url.hostname, response.headers['set-cookie'] ?? [])
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join('\n') : String(value ?? ''),
      ]),
    ),
    body: decode(body, response.headers['content-encoding']),
    sent,
    ms: performance.now() - since,
    note,
  }
}

/** Header values are bytes: UTF-8 goes out as it is, line breaks never do. */
const headerText = (value: string) => Buffer.from(value.replace(/[\r\n\0]/g, ' '), 'utf8').toString('latin1')

function exchange(
  client: typeof http | typeof https,
  options: RequestOptions,
  body: string | Buffer | undefined,
  deadline: number,
  sent: string,
): Promise<{ response: IncomingMessage; body: Buffer; note: string }> {
  return new Promise((resolve, reject) => {
    let response: IncomingMessage | null = null
    const chunks: Buffer[] = []
    let size = 0
    const failed = (kind: 'down' | 'broken', received: string) => {
      clearTimeout(timer)
      reject(new StepFailure(kind, { expected: 'a whole answer in time', received, sent }))
      request.destroy()
    }
    const timer = setTimeout(
      () =>
        response
          ? failed('broken', `HTTP ${response.statusCode}, body not ended in time after ${size} bytes`)
          : failed('down', 'no answer in time'),
      Math.max(1, deadline - performance.now()),
    )
    const done = (note: string) => {
      clearTimeout(timer)
      if (response) resolve({ response, body: Buffer.concat(chunks), note })
    }
    const request = client.request(options, (incoming) => {
      response = incoming
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length
        chunks.push(
          size > BODY_LIMIT ? chunk.subarray(0, Math.max(0, chunk.length - (size - BODY_LIMIT))) : chunk,
        )
        if (size <= BODY_LIMIT) return
        done(`body cut at ${BODY_LIMIT} bytes`)
        request.destroy()
      })
      incoming.on('end', () => done(''))
      incoming.on('error', (error) => failed('broken', `answer broke off: ${error.message}`))
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      const answered = error.code?.startsWith('HPE_') || response !== null
      failed(answered ? 'broken' : 'down', `${error.code ?? ''} ${error.message}`.trim())
    })
    request.end(body)
  })
}

/** Text of a body; invalid UTF-8 becomes U+FFFD, and an encoding that lies gives the raw bytes. */
function decode(body: Buffer, encoding: string | undefined): string {
  const options = { maxOutputLength: BODY_LIMIT * 2, finishFlush: constants.Z_SYNC_FLUSH }
  try {
    if (encoding === 'gzip') return gunzipSync(body, options).toString('utf8')
    if (encoding === 'deflate') return inflateSync(body, options).toString('utf8')
    if (encoding === 'br')
      return brotliDecompressSync(body, { maxOutputLength: BODY_LIMIT * 2 }).toString('utf8')
  } catch {
    return `[not valid ${encoding}] ${body.subarray(0, 200).toString('latin1')}`
  }
  return body.toString('utf8')
}
