import type { IncomingMessage, ServerResponse } from 'node:http'
import { guards, type Page, pageOf } from './answer.ts'
import type { Site, Sites } from './sites.ts'
import type { Visit } from './visit.ts'
import type { NoPage } from './visit-result.ts'
import { exerciseOf, type Visitor, type Visitors } from './visitors.ts'
import { WALL_PATH, type WallPages } from './wall-pages.ts'

/** No service has a path of this name. */
const ENTRANCE = '/.kilp/enter'
const MOST_BODY = 256 * 1024
/** As the platform names its cookies for visits. */
const OF_VISIT = /^kilp_[0-9a-f]{24}$/
/** Of what the browser says, what goes on to the service; origin and referer in the enclave's words. */
const PASSED = ['accept', 'content-type', 'x-requested-with', 'x-csrf-token', 'authorization'] as const

export type Serve = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** The address under which a ticket opens its page. */
export const entranceOf = (origin: string, ticket: string): string => `${origin}${ENTRANCE}?ticket=${ticket}`

/** Answers on the ports of services. Whoever has no visit gets nothing, whatever they ask for. */
export function openServe(sites: Sites, visitors: Visitors, visit: Visit, walls: WallPages): Serve {
  return async (request, response) => {
    const since = performance.now()
    const site = sites.at(request.socket.localPort ?? 0)
    const { url = '/', method = 'GET', headers } = request
    if (!site) return refuse(response, 404, 'Nobody visits here.')
    // Not to be run beside the page, and not outside the frame that holds it.
    if (headers['service-worker'] !== undefined) return refuse(response, 403, 'No service workers.')
    if (headers['sec-fetch-dest'] === 'document') return refuse(response, 403, IN_ROOM)
    if (url.split('?', 1)[0] === WALL_PATH) {
      const page = walls.at(site)
      return page ? send(response, page, method === 'HEAD') : refuse(response, 403, 'No wall shows this.')
    }
    if (url.startsWith(ENTRANCE)) return enter(url, site, headers.cookie, response)
    const visitor = visitorOf(headers.cookie, site)
    if (!visitor) return refuse(response, 403, IN_ROOM)
    const path = visitor.addresses.inward(url)
    const answer = await visit(visitor, {
      service: site.service,
      method,
      path,
      headers: passedOn(request, visitor),
      body: async () => {
        const body = await bodyOf(request)
        return body && inwardBody(body, headers['content-type'], visitor)
      },
      from: comingFrom(request, visitor, site),
    })
    if (!answer.ok && answer.why === 'sent-too-much')
      return refuse(response, 413, 'The request is too large.', visitor)
    if (!answer.ok && answer.why === 'over') return refuse(response, 403, IN_ROOM)
    const leads = answer.ok && answer.status >= 300 && answer.status < 400
    const stand = (status: number, serviceMs: number, failed: NoPage | null) => {
      if (leads || !isDocument(request)) return
      const ms = performance.now() - since
      visitor.at = { service: site.service, path, method, status, failed, serviceMs, ms }
    }
    const page = answer.ok && (await pageOf(answer, visitor.addresses, visitor.platform))
    if (!answer.ok || !page) {
      const why = answer.ok ? 'too-large' : answer.why
      stand(0, 0, why)
      // The words for it stand around the frame.
      return send(response, {
        status: STATUS[why],
        headers: guards(visitor.addresses, visitor.platform),
        body: Buffer.alloc(0),
      })
    }
    stand(answer.status, answer.ms, null)
    send(response, page, method === 'HEAD')
  }

  function enter(url: string, site: Site, cookies: string | undefined, response: ServerResponse): void {
    const ticket = visitors.take(new URL(url, 'http://here').searchParams.get('ticket') ?? '')
    const visitor = ticket?.visitor
    const right =
      visitor?.team === site.team &&
      exerciseOf(visitor) === site.exerciseId &&
      ticket?.service === site.service
    if (!right) {
      refuse(response, 403, IN_ROOM)
      return
    }
    const secure = visitor.addresses.originOf(site.service)?.startsWith('https:') ? '; Secure' : ''
    const name = visitors.cookieName(site.exerciseId, site.team)
    const own = `${name}=${visitor.secret}; Path=/; HttpOnly; SameSite=Strict${secure}`
    const first = !visitor.entered.has(site.service)
    visitor.entered.add(site.service)
    response.writeHead(303, {
      ...guards(visitor.addresses, visitor.platform),
      // A browser visits one team at a time: a page of one must not lead it into another's with its visit there.
      'set-cookie': [
        own,
        ...visitsIn(cookies)
          .filter((other) => other !== name)
          .map((other) => `${other}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict${secure}`),
      ],
      // What a page kept here while an earlier process gave this port to others; no answer is in a cache.
      ...(first && { 'clear-site-data': '"storage"' }),
      location: ticket.path,
    })
    response.end()
  }

  function visitorOf(cookies: string | undefined, site: Site): Visitor | null {
    const name = visitors.cookieName(site.exerciseId, site.team)
    for (const pair of (cookies ?? '').split('; ')) {
      if (!pair.startsWith(`${name}=`)) continue
      const visitor = visitors.bySecret(pair.slice(name.length + 1), site.exerciseId, site.team)
      if (visitor) return visitor
    }
    return null
  }
}

/** Names of the visits that a browser has. */
const visitsIn = (cookies = ''): readonly string[] => [
  ...new Set(
    cookies.split('; ').flatMap((pair) => {
      const [name = ''] = pair.split('=', 1)
      return OF_VISIT.test(name) ? [name] : []
    }),
  ),
]

const IN_ROOM = 'Open this page in the team room, under "As a citizen".'
const STATUS: Readonly<Record<NoPage, number>> = {
  down: 504,
  broken: 502,
  'too-large': 502,
  busy: 503,
  fault: 503,
  'stands-still': 409,
  'too-fast': 429,
}

function refuse(response: ServerResponse, status: number, why: string, visitor?: Visitor): void {
  const body = Buffer.from(`${why}\n`)
  const policy = visitor && guards(visitor.addresses, visitor.platform)
  const headers = {
    'content-security-policy': "default-src 'none'; frame-ancestors *",
    'cache-control': 'no-store',
    ...policy,
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
  }
  send(response, { status, headers, body })
}

function send(response: ServerResponse, { status, headers, body }: Page, bodiless = false): void {
  const none = bodiless || status === 204 || status === 304
  response.writeHead(status, {
    ...(headers as Record<string, string | string[]>),
    ...(!none && { 'content-length': body.length }),
  })
  response.end(none ? undefined : body)
}

/** Null for more than is taken. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  // Nothing of it is waited for.
  if (Number(request.headers['content-length']) > MOST_BODY) return null
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= MOST_BODY) chunks.push(chunk)
  }
  return size > MOST_BODY ? null : Buffer.concat(chunks)
}

/** Addresses in forms and JSON are the enclave's there; files go as they are. */
async function inwardBody(body: Buffer, type: string | undefined, { addresses }: Visitor): Promise<Buffer> {
  return /^application\/(x-www-form-urlencoded|([\w.+-]*\+)?json)\b/i.test(type ?? '')
    ? Buffer.from(await addresses.inwardInTurns(body.toString('latin1')), 'latin1')
    : body
}

function passedOn({ headers }: IncomingMessage, { addresses }: Visitor): [string, string][] {
  const passed = PASSED.flatMap((name): [string, string][] => {
    const value = headers[name]
    return typeof value === 'string' ? [[name, value]] : []
  })
  const { origin, referer } = headers
  if (origin !== undefined)
    passed.push(['origin', addresses.origins.includes(origin) ? addresses.inward(origin) : 'null'])
  if (referer !== undefined && addresses.origins.includes(originIn(referer)))
    passed.push(['referer', addresses.inward(referer)])
  return passed
}

const originIn = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '')

/** As far as the browser tells: it says where a request comes from on loopback and over TLS, and of whatever changes something always. */
function comingFrom({ headers }: IncomingMessage, { addresses }: Visitor, { service }: Site) {
  const { origin } = headers
  if (origin !== undefined) return origin === addresses.originOf(service) ? 'same' : 'other'
  const site = headers['sec-fetch-site']
  if (site === undefined)
    return originIn(headers.referer ?? '') === addresses.originOf(service) ? 'same' : 'link'
  if (site === 'same-origin' || site === 'none') return 'same'
  return headers['sec-fetch-mode'] === 'navigate' ? 'link' : 'other'
}

function isDocument({ headers }: IncomingMessage): boolean {
  const wanted = headers['sec-fetch-dest']
  if (wanted !== undefined) return wanted === 'iframe' || wanted === 'frame'
  return (headers.accept ?? '').includes('text/html')
}
