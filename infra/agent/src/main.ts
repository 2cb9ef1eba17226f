import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { createServer } from 'node:tls'

/**
 * Kilp's agent on a node of a Swarm: carries the node's engine API to the platform over mutual TLS, connection by connection, and knows nothing of what is said
 * in them. Whoever has no certificate of the platform's own authority for a client is not answered.
 */
const SECRETS = '/run/secrets'
const ENGINE = '/var/run/docker.sock'
const port = Number(process.env.AGENT_PORT)
/** A platform has a few for each container of its enclaves. */
const MOST = 4_096
const HANDSHAKE_MS = 10_000

const read = (name: string) => readFileSync(`${SECRETS}/${name}`)

const server = createServer(
  {
    ca: read('ca.pem'),
    cert: read('agent.pem'),
    key: read('agent-key.pem'),
    requestCert: true,
    rejectUnauthorized: true,
    minVersion: 'TLSv1.3',
    handshakeTimeout: HANDSHAKE_MS,
    // An attached stream ends its input long before its output ends.
    allowHalfOpen: true,
  },
  (socket) => {
    const engine = connect({ path: ENGINE, allowHalfOpen: true })
    socket.setKeepAlive(true, 10_000)
    socket.setNoDelay(true)
    const gone = () => {
      socket.destroy()
      engine.destroy()
    }
    for (const side of [socket, engine]) {
      side.on('error', gone)
      side.on('close', gone)
    }
    socket.pipe(engine)
    engine.pipe(socket)
  },
)
server.maxConnections = MOST
server.on('tlsClientError', () => {})
server.listen(port, '0.0.0.0', () => process.stdout.write(`agent listens on ${port}\n`))
process.on('SIGTERM', () => process.exit(0))
