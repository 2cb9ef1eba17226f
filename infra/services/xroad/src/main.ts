import type { X509Certificate } from 'node:crypto'
import { createServer } from 'node:https'
import { TLSSocket } from 'node:tls'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import { selfSigned } from '../../kit/certificates.ts'
import { openDatabase, prepareDatabase } from '../../kit/database.ts'
import { createService } from '../../kit/http.ts'
import { environment } from '../../kit/secrets.ts'
import { allowedService } from './access-rights.ts'
import { authenticateClient } from './client-authentication.ts'
import { errorResponse, XroadError } from './errors.ts'
import { exchange } from './exchange.ts'
import { parseCall, parseClient, serviceId, serviceOf } from './identifiers.ts'
import { openMessageLog } from './message-log.ts'
import { allowedMethods, listClients, listMethods } from './metaservices.ts'

const service = createService('xroad', { securityHeaders: false })
const db = openDatabase(environment('DATABASE_URL'))
const log = openMessageLog(db)

service.app.get('/listClients', (c) => listClients(c.req.header('accept'), c.req.query('xRoadInstance')))
service.app.all('/r1/*', async (c) => {
  try {
    return await serve(c)
  } catch (error) {
    return errorResponse(error)
  }
})

/** One message of the REST protocol: who asks, is it they, what do they ask, may they, and then the exchange. */
async function serve(c: Context<{ Bindings: HttpBindings }>): Promise<Response> {
  const { incoming } = c.env
  const client = parseClient(c.req.header('x-road-client'))
  authenticateClient(client, peerCertificate(incoming.socket))
  const call = parseCall(incoming.url ?? '')
  if (call.serviceCode === 'listMethods') return listMethods(call.provider)
  if (call.serviceCode === 'allowedMethods') return allowedMethods(client, call.provider)
  const message = {
    client,
    method: c.req.method,
    headers: incoming.headers,
    body: Buffer.from(await c.req.arrayBuffer()),
  }
  if (call.serviceCode === 'getOpenAPI') {
    const code = c.req.query('serviceCode') ?? ''
    const described = serviceOf(call.provider, code)
    if (described?.type !== 'OPENAPI') {
      throw new XroadError(
        'Server.ServerProxy.UnknownService',
        `No description: SERVICE:${serviceId(call.provider, code)}`,
      )
    }
    return exchange({ ...message, call: { ...call, rest: '/openapi.json' }, service: described }, log)
  }
  const path = call.rest.split('?')[0] ?? ''
  const allowed = allowedService(client, call.provider, call.serviceCode, c.req.method, path)
  return exchange({ ...message, call, service: allowed }, log)
}

/** What the client proved to hold the key of, in the handshake; undefined over plain HTTP or when it showed none. */
function peerCertificate(socket: unknown): X509Certificate | undefined {
  return socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
}

/** Clients' certificates are self-signed: no authority is asked, the registered key decides (client-authentication.ts). */
const secure = createAdaptorServer({
  fetch: service.app.fetch,
  createServer,
  serverOptions: {
    ...selfSigned(environment('XROAD_SERVER_PRIVATE_KEY'), 'xroad'),
    minVersion: 'TLSv1.2',
    requestCert: true,
    rejectUnauthorized: false,
    requestTimeout: 20_000,
    headersTimeout: 10_000,
  },
})

service.check('registry-db', () => db.query('select'))
await service.listen()
await service.until('registry-db', async () => {
  await prepareDatabase(db, [new URL('./schema.sql', import.meta.url)], async () => undefined)
  await log.open()
})
secure.listen(443)
service.adopt(secure)
service.ready()
