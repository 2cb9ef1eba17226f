import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { answerNoRequest } from '../too-many-cookies.ts'
import { openServe, type Serve } from './serve.ts'
import { openSites } from './sites.ts'
import { openVisit } from './visit.ts'
import { openVisitors } from './visitors.ts'
import { openWallPages } from './wall-pages.ts'

export interface CitizenOptions {
  /** First of the ports; 0 takes any free ones. */
  readonly port: number
  readonly count: number
  /** Where a port is for browsers, with `{host}` and `{port}` in it. */
  readonly url: string
}

const HEADER_BYTES = 16 * 1024
const HEADERS_MS = 15_000
const REQUEST_MS = 60_000
const MOST_CONNECTIONS = 256

/** Serves the pages of teams' services to who may see them, each service under an origin of its own. */
export async function openCitizenView(
  host: string,
  { port, count, url }: CitizenOptions,
  fault: (what: string, error: unknown) => void,
) {
  let serve: Serve | null = null
  const answering = (): Server => {
    const bounds = { maxHeaderSize: HEADER_BYTES, headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS }
    const server = createServer(bounds, (request, response) => {
      // Until all ports are bound nobody has an address here.
      if (!serve) {
        response.destroy()
        return
      }
      serve(request, response).catch((error) => {
        // Of who went away nobody needs to hear.
        if (!request.destroyed) fault('a citizen’s page', error)
        response.destroy()
      })
    })
    server.maxConnections = MOST_CONNECTIONS
    server.on('clientError', (error, socket) => answerNoRequest(error, socket as Socket))
    return server
  }
  const sites = await openSites(host, port, count, answering)
  const visitors = openVisitors(sites)
  const visit = openVisit(visitors.holds)
  const walls = openWallPages(sites, fault)
  serve = openServe(sites, visitors, visit, walls)
  const ports = new Set(sites.ports.map(String))
  const originAt = (hostname: string, number: number) =>
    url.replace('{host}', hostname).replace('{port}', String(number))
  const originsAt = (hostname: string) => sites.ports.map((number) => originAt(hostname, number))
  return {
    visitors,
    visit,
    walls,
    originAt,
    /** All that may be in a frame of a page at this host. */
    originsAt,
    /** Whether it is the origin of a page of a team's service, when it calls this host. */
    isOrigin(origin: string | undefined, host = ''): boolean {
      if (origin === undefined || !URL.canParse(origin)) return false
      const from = new URL(origin)
      return ports.has(from.port) || originsAt(hostnameOf(host)).includes(from.origin)
    },
    close: sites.close,
  }
}
export type CitizenView = Awaited<ReturnType<typeof openCitizenView>>

/** Of a `Host` header. */
export const hostnameOf = (host: string): string =>
  URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''
