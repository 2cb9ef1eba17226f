import { once } from 'node:events'
import { createServer as createHttps } from 'node:https'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { type Credentials, makeCredentials } from '../../../server/range/swarm/certificates.ts'

/** A node on loopback with the agent's own settings of TLS: answers as an engine does, and says nothing at all while its cable is out. */
export interface StandingNode {
  readonly address: { readonly host: string; readonly port: number }
  /** Requests that got through to the engine, as `GET /path`. */
  readonly asked: readonly string[]
  /** Neither closes a connection nor answers on one, also not on a new one, as with a cable that was pulled. */
  plug(plugged: boolean): void
  close(): Promise<void>
}

export async function openStandingNode(own: Pick<Credentials, 'ca' | 'agent'>): Promise<StandingNode> {
  const asked: string[] = []
  const engine = createHttps(
    { ca: own.ca, ...own.agent, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' },
    (request, response) => {
      asked.push(`${request.method} ${request.url}`)
      // A log that is followed begins and does not end.
      if (request.url?.includes('/logs')) response.writeHead(200).write('first line\n')
      else response.end('OK')
    },
  )
  engine.on('tlsClientError', () => {})
  await once(engine.listen(0, '127.0.0.1'), 'listening')
  const sockets = new Set<Socket>()
  let plugged = true
  const wire = createServer((near) => {
    const far = connect((engine.address() as AddressInfo).port, '127.0.0.1')
    for (const [side, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(side)
      side.on('error', () => {})
      // What ends while the cable is out is heard of by nobody.
      side.on('close', () => plugged && other.destroy())
      side.on('data', (chunk) => plugged && other.write(chunk))
    }
  })
  await once(wire.listen(0, '127.0.0.1'), 'listening')
  return {
    address: { host: '127.0.0.1', port: (wire.address() as AddressInfo).port },
    asked,
    plug(now) {
      plugged = now
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      engine.closeAllConnections()
      await Promise.all([wire, engine].map((server) => new Promise((done) => server.close(done))))
    },
  }
}

export const someCredentials = (): Promise<Credentials> => makeCredentials(Date.now())
