import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { PassThrough } from 'node:stream'
import type { Place } from '../../infra/probe/src/app.ts'
import { openAppWorkers } from '../../infra/probe/src/app-workers.ts'
import { parseNetwork } from '../../infra/probe/src/networks.ts'
import { populationOf } from '../../infra/probe/src/people.ts'
import { openWire } from '../../infra/probe/src/wire.ts'
import type { Step } from '../../server/engine/ports/script.ts'
import { type ProbeLine, probeLine } from '../kit/probe-line.ts'

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
export const cardAuthority = publicKey
export const population = populationOf('test')

const authority = Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' })).toString('base64')

export const here: Place = {
  reach: { networks: [parseNetwork('127.0.0.0/8')], addresses: [] },
  population,
  nationSeed: 'test',
  cardAuthority: authority,
  apps: openAppWorkers({ nationSeed: 'test', cardAuthority: authority }),
}

/** The probe's own modules in this process, spoken to over its wire. */
export function probeHere(place: Partial<Place> = {}): ProbeLine {
  const stdin = new PassThrough()
  const stdout = new PassThrough()
  const hear = openWire({ ...here, ...place }, (message) => stdout.write(`${JSON.stringify(message)}\n`))
  createInterface({ input: stdin }).on('line', hear)
  return probeLine(stdin, stdout)
}

export interface Served {
  /** `http://127.0.0.1:port` */
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

async function listening(server: Server): Promise<Served> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A real HTTP server on a free port of the loopback. */
export const serve = (listener: RequestListener): Promise<Served> => listening(createServer(listener))
/** A real TCP server that may say anything. */
export const serveTcp = (talk: (socket: Socket) => void): Promise<Served> => listening(createTcpServer(talk))

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

export const reply = (response: ServerResponse, status: number, body: unknown): void => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json' })
  response.end(text)
}

/** A GET step; `more` adds or overrides. */
export const get = (url: string, more: Partial<Step> = {}): Step =>
  ({ http: { method: 'GET', url }, redirects: 0, deadlineMs: 2_000, ...more }) as Step
