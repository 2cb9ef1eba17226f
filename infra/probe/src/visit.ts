import { BROWSERS } from './browsers.ts'
import { agentFor } from './http-client.ts'
import { exchange, HEADER_LIMIT } from './http-exchange.ts'
import { type Reach, resolveTarget, sourceFor } from './networks.ts'
import { StepFailure } from './steps.ts'

/** One request of somebody at the exercise who looks at the state as a citizen does. The platform keeps their cookies. */
export interface Visit {
  /** Name of the service, and its port where that is not 80. */
  readonly service: string
  readonly method: string
  /** With its query. */
  readonly path: string
  /** Name and value in turn; what a browser says of itself comes from here, as with every citizen. */
  readonly headers: readonly (readonly [string, string])[]
  /** Base64. */
  readonly body: string
  /** Which of the browsers speaks it. */
  readonly lang: string
  /** 0..1, chooses address and browser: the same for all requests of one visitor. */
  readonly choice: number
}

export type Visited =
  | {
      readonly status: number
      readonly headers: readonly (readonly [string, string])[]
      /** Base64. */
      readonly body: string
      /** From the request to the end of the answer. */
      readonly ms: number
    }
  | { readonly failed: 'down' | 'broken' | 'too-large' | 'busy' | 'fault'; readonly why: string }

/** As many as a browser asks for at once; what is beyond waits, and does not take the checks' time. */
const AT_ONCE = 8
const WAITING = 64
const DEADLINE_MS = 15_000
const LIMITS = { body: 2 * 1024 * 1024, raw: 2 * 1024 * 1024 + 128 * 1024 }

/** What is not for who asks to say: where it goes, how it gets there, and who says it. */
const OURS =
  /^(host|connection|keep-alive|te|trailer|transfer-encoding|upgrade|expect|content-length|proxy-.*|user-agent|accept-language|accept-encoding)$/i

/** Makes visits to services inside `reach`, AT_ONCE at a time. Never rejects. */
export function openVisits(reach: Reach): (visit: Visit) => Promise<Visited> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (visit) => {
    if (running >= AT_ONCE) {
      if (waiting.length >= WAITING) return { failed: 'busy', why: 'too many visits at once' }
      await new Promise<void>((start) => waiting.push(start))
    } else running += 1
    try {
      return await once(visit, reach)
    } catch (error) {
      if (error instanceof StepFailure) return { failed: error.kind, why: error.received }
      return { failed: 'fault', why: error instanceof Error ? error.message : String(error) }
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}

async function once(visit: Visit, reach: Reach): Promise<Visited> {
  const { method, path } = visit
  const [, hostname = '', port = '80'] = /^([a-z0-9.-]{1,80})(?::(\d{1,5}))?$/.exec(visit.service) ?? []
  if (!hostname || !/^\/[\x21-\x7e]*$/.test(path) || !/^[A-Z]{3,10}$/.test(method))
    return { failed: 'fault', why: 'no request of the web' }
  const since = performance.now()
  const address = await resolveTarget(hostname, reach.networks)
  const source = sourceFor(address, reach, visit.choice)
  const body = Buffer.from(visit.body, 'base64')
  const options = {
    protocol: 'http:',
    host: address,
    port: Number(port),
    path,
    method,
    headers: linesOf(visit, body.length),
    agent: agentFor('http:'),
    maxHeaderSize: HEADER_LIMIT,
    setHost: false,
    ...(source && { localAddress: source }),
  }
  const sent = body.length > 0 ? body : undefined
  const { response, body: answer, cut } = await exchange(options, sent, since + DEADLINE_MS, LIMITS)
  if (cut) return { failed: 'too-large', why: `more than ${LIMITS.body} bytes` }
  return {
    status: response.statusCode ?? 0,
    headers: pairs(response.rawHeaders),
    body: answer.toString('base64'),
    ms: performance.now() - since,
  }
}

function linesOf({ service, method, headers, lang, choice }: Visit, size: number): string[] {
  const speaking = BROWSERS.filter((browser) => browser['Accept-Language']?.startsWith(lang))
  const among = speaking.length > 0 ? speaking : BROWSERS
  const own = headers.filter(([name]) => /^[\w-]{1,80}$/.test(name) && !OURS.test(name))
  const said = new Set(own.map(([name]) => name.toLowerCase()))
  const browser = Object.entries(among[Math.floor(choice * among.length)] ?? {})
  const sends = size > 0 || (method !== 'GET' && method !== 'HEAD')
  return [
    ['Host', service],
    ...browser.filter(([name]) => !said.has(name.toLowerCase())),
    ...own.map(([name, value]) => [name, value.replace(/[^\x20-\x7e\x80-\xff]/g, ' ')]),
    ...(sends ? [['Content-Length', String(size)]] : []),
  ].flat()
}

const pairs = (raw: readonly string[]): [string, string][] =>
  Array.from({ length: raw.length / 2 }, (_, index) => [raw[2 * index] ?? '', raw[2 * index + 1] ?? ''])
