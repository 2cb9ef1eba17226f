import { Agent } from 'node:http'
import type { Duplex } from 'node:stream'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import Docker from 'dockerode'
import { AGENT_NAME, type Credentials } from '../swarm/certificates.ts'
import { type ContainerEngine, within } from './docker.ts'

/** The engine of one node, spoken with through the agent there. */
export interface NodeEngine {
  readonly docker: ContainerEngine
  /** Null while the node answers; else since when it does not, wall time in ms. */
  readonly awaySince: () => number | null
  close(): void
}

export interface NodeAddress {
  readonly host: string
  readonly port: number
}

/** How often the node is asked for a word of life, and how long it has for it. Wall time, ms. */
const EVERY_MS = 1_000
const WITHIN_MS = 4_000
const CONNECT_MS = 5_000
const KEEP_ALIVE_MS = 5_000

/**
 * A connection to the engine of a node by mutual TLS. A node that no longer answers, also one whose cable was pulled and that says nothing at all, is given up within
 * seconds: all that is under way with it fails at once, and what is asked of it meanwhile fails without waiting. `changed` hears when it goes and when it is back.
 */
export function openNodeEngine(
  { host, port }: NodeAddress,
  credentials: Pick<Credentials, 'ca' | 'platform'>,
  changed: (away: boolean) => void,
): NodeEngine {
  const sockets = new Set<TLSSocket>()
  let since: number | null = null
  let closed = false
  let timer: NodeJS.Timeout | null = null

  const dial = (): TLSSocket => {
    const { ca, platform } = credentials
    // An attached stream ends its input long before its output ends; the types do not know.
    const options = { allowHalfOpen: true, minVersion: 'TLSv1.3' as const, timeout: CONNECT_MS }
    const socket = connectTls({ host, port, ca, ...platform, servername: AGENT_NAME, ...options })
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.setKeepAlive(true, KEEP_ALIVE_MS)
    socket.once('secureConnect', () => socket.setTimeout(0))
    socket.once('timeout', () => socket.destroy(new Error(`${host}:${port} does not answer`)))
    socket.once('close', () => sockets.delete(socket))
    return socket
  }
  const agentOf = (mayDial: () => boolean): Agent => {
    const agent = new Agent({ keepAlive: true })
    agent.createConnection = (_, done): Duplex | undefined => {
      if (mayDial()) return dial()
      done?.(new Error(`the machine at ${host} does not answer`), undefined as never)
      return undefined
    }
    return agent
  }
  const clientOf = (agent: Agent): ContainerEngine => {
    // The client takes an agent, its types do not know.
    const through = { host, port, protocol: 'http' as const, agent }
    return new Docker(through)
  }
  const asking = clientOf(agentOf(() => true))
  const gone = (at: number) => {
    since = at
    for (const socket of sockets) socket.destroy(new Error(`the machine at ${host} does not answer`))
    changed(true)
  }
  const askAlive = async () => {
    const at = Date.now()
    const answered = await within(asking.ping(), WITHIN_MS).then(
      () => true,
      () => false,
    )
    if (closed) return
    if (!answered && since === null) gone(at)
    if (answered && since !== null) {
      since = null
      changed(false)
    }
    timer = setTimeout(() => void askAlive(), EVERY_MS)
  }
  timer = setTimeout(() => void askAlive(), EVERY_MS)
  return {
    docker: clientOf(agentOf(() => !closed && since === null)),
    awaySince: () => since,
    close() {
      closed = true
      if (timer) clearTimeout(timer)
      for (const socket of sockets) socket.destroy()
    },
  }
}
