import type { X509Certificate } from 'node:crypto'
import { createServer } from 'node:https'
import { TLSSocket } from 'node:tls'
import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { selfSigned } from '../../kit/certificates.ts'
import { openDatabase, prepareDatabase } from '../../kit/database.ts'
import { createService } from '../../kit/http.ts'
import { SECURITY_SERVERS } from '../../kit/members.ts'
import { environment } from '../../kit/secrets.ts'
import { downloadDocuments } from './asic.ts'
import { authenticateClient } from './client-authentication.ts'
import { errorResponse, XroadError } from './errors.ts'
import { exchange } from './exchange.ts'
import { parseCall, parseClient } from './identifiers.ts'
import { openMessageLog } from './message-log.ts'
import { listClients } from './metaservices.ts'
import { servePeer } from './peer-server.ts'
import { openPeers } from './peers.ts'
import type { SecurityServer } from './security-server.ts'
import { ownInstance, timestampingOptions } from './settings.ts'
import { openSigner } from './signature.ts'
import { openTimestamping } from './timestamping.ts'
import { PEER_PORT } from './transport.ts'
import { documents, messages } from './trouble.ts'
import { verificationConf } from './verification-conf.ts'

const instance = ownInstance()
const host = SECURITY_SERVERS[instance]
const service = createService(host, { securityHeaders: false })
const db = openDatabase(environment('DATABASE_URL'))
const timestamping = openTimestamping(db, timestampingOptions())
const log = openMessageLog(db, timestamping.mayLog)
const peerIdentity = selfSigned(environment('XROAD_AUTH_PRIVATE_KEY'), host)
const server: SecurityServer = {
  instance,
  signer: openSigner(environment('XROAD_SIGN_PRIVATE_KEY'), host),
  log,
  peers: openPeers(peerIdentity, process.env),
}

for (const path of ['/r1', '/listClients']) service.speaks(path, messages)
service.speaks('/asic', documents)
service.app.get('/listClients', (c) =>
  listClients(c.req.header('accept'), c.req.query('xRoadInstance') ?? instance),
)
service.app.get('/verificationconf', () => verificationConf(server))
service.app.get('/asic', (c) =>
  downloadDocuments(new URL(c.req.url).searchParams, peerCertificate(c.env.incoming.socket), {
    db,
    server,
    timestamping,
  }),
)
service.app.all('/r1/*', async (c) => {
  try {
    return await serve(c)
  } catch (error) {
    return errorResponse(error)
  }
})

/** One message of the REST protocol: who asks, is it they, what do they ask, and then the exchange. */
async function serve(c: Context<{ Bindings: HttpBindings }>): Promise<Response> {
  const { incoming } = c.env
  const client = parseClient(c.req.header('x-road-client'), instance)
  authenticateClient(client, peerCertificate(incoming.socket))
  const call = parseCall(incoming.url ?? '')
  const body = Buffer.from(await c.req.arrayBuffer())
  return exchange({ client, call, method: c.req.method, headers: incoming.headers, body }, server)
}

/** What the other side proved to hold the key of, in the handshake; undefined over plain HTTP or when it showed none. */
function peerCertificate(socket: unknown): X509Certificate | undefined {
  return socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
}

/** Clients' certificates are self-signed: no authority is asked, the registered key decides (client-authentication.ts). */
const secure = createAdaptorServer({
  fetch: service.app.fetch,
  createServer,
  serverOptions: {
    ...selfSigned(environment('XROAD_SERVER_PRIVATE_KEY'), host),
    minVersion: 'TLSv1.2',
    requestCert: true,
    rejectUnauthorized: false,
    requestTimeout: 20_000,
    headersTimeout: 10_000,
  },
})

/** Where security servers of other instances come; the key of their certificate decides here too (peer-server.ts). */
const peerApp = new Hono<{ Bindings: HttpBindings }>()
peerApp.use(
  bodyLimit({
    maxSize: 6 * 1024 * 1024,
    onError: () => errorResponse(new XroadError('Client.BadRequest', 'The message is too large', 400)),
  }),
)
peerApp.post('/', async (c) => {
  try {
    const body = Buffer.from(await c.req.arrayBuffer())
    const content = { type: c.req.header('content-type') ?? '', body }
    return await servePeer(server, peerCertificate(c.env.incoming.socket), content)
  } catch (error) {
    return errorResponse(error)
  }
})
const between = createAdaptorServer({
  fetch: peerApp.fetch,
  createServer,
  serverOptions: { ...peerIdentity, minVersion: 'TLSv1.2', requestCert: true, rejectUnauthorized: false },
})

service.check('registry-db', () => db.query('select'))
await service.listen()
await service.until('registry-db', async () => {
  await prepareDatabase(db, [new URL('./schema.sql', import.meta.url)], async () => undefined)
  await log.open()
})
secure.listen(443)
service.adopt(secure)
between.listen(PEER_PORT)
service.adopt(between)
timestamping.start()
service.ready()
