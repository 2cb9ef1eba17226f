import { createServer, type Server, type Socket } from 'node:net'
import { contains, type Reach } from './networks.ts'
import { type Listen, type Reply, StepFailure } from './steps.ts'

const MOST_BYTES = 64 * 1024
const MOST_SOCKETS = 64
/** Each piece is looked at with all before it: a caller that sends single bytes must not keep us at that. */
const MOST_PIECES = 256
/** Silence of this length ends what a caller without HTTP has to say. */
const QUIET_MS = 300
const HTTP = /^[A-Z]+ \S+ HTTP\/1\.[01]\r?\n/

interface Waiter {
  readonly listen: Listen
  hear(message: string): void
}

interface Port {
  readonly server: Server
  readonly ready: Promise<void>
  readonly waiters: Set<Waiter>
  readonly sockets: Set<Socket>
}

/** One listener a port, however many runs wait there: the addresses are the probe's, not a run's. */
const ports = new Map<number, Port>()

/**
 * Waits until something in the enclave calls the probe on a port and says a text, `times` times. The body is what the callers said, one after the
 * other; each is answered with `reply` (in HTTP, where it spoke HTTP). Callers from elsewhere are hung up on. @throws StepFailure
 */
export async function listenFor(
  listen: Listen,
  reach: Reach,
  deadline: number,
  signal: AbortSignal,
): Promise<Reply> {
  const since = performance.now()
  const sent = `listening on port ${listen.port}`
  const port = ports.get(listen.port) ?? open(listen.port, reach)
  const heard: string[] = []
  let others = 0
  let timer: NodeJS.Timeout | undefined
  let abort = () => {}
  let waiter: Waiter | undefined
  try {
    await port.ready.catch((error: Error) => {
      throw new StepFailure('fault', { expected: 'to listen', received: error.message, sent })
    })
    await new Promise<void>((resolve, reject) => {
      const late = (kind: 'broken' | 'fault', received: string) =>
        reject(
          new StepFailure(kind, {
            expected: `${listen.times} calls that say ${listen.says}`,
            received,
            sent,
          }),
        )
      const told = () => `${heard.length} such calls and ${others} others within ${listen.withinMs} ms`
      timer = setTimeout(
        () => late('broken', told()),
        Math.max(1, Math.min(listen.withinMs, deadline - performance.now())),
      )
      abort = () => late('fault', 'cancelled')
      signal.addEventListener('abort', abort, { once: true })
      waiter = {
        listen,
        hear(message) {
          if (!message.includes(listen.says)) others += 1
          else if (heard.push(message) >= listen.times) resolve()
        },
      }
      port.waiters.add(waiter)
    })
    return {
      status: heard.length,
      headers: {},
      body: heard.join('\n'),
      sent,
      ms: performance.now() - since,
      note: '',
    }
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', abort)
    if (waiter) port.waiters.delete(waiter)
    if (port.waiters.size === 0) close(listen.port, port)
  }
}

function open(number: number, reach: Reach): Port {
  const waiters = new Set<Waiter>()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const from = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
    if (sockets.size >= MOST_SOCKETS || !reach.networks.some((network) => contains(network, from)))
      return void socket.destroy()
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    converse(socket, waiters)
  })
  const ready = new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(number, '0.0.0.0', resolve)
  })
  const port = { server, ready, waiters, sockets }
  ports.set(number, port)
  return port
}

function close(number: number, port: Port): void {
  if (ports.get(number) === port) ports.delete(number)
  port.server.close(() => {})
  // Those who have just been answered may still read it.
  setTimeout(() => {
    for (const socket of port.sockets) socket.destroy()
  }, QUIET_MS).unref()
}

/** Takes what a caller says to its end (HTTP: head and body), tells those who wait, and answers. */
function converse(socket: Socket, waiters: ReadonlySet<Waiter>): void {
  let said = Buffer.alloc(0)
  let quiet: NodeJS.Timeout | undefined
  let over = false
  let pieces = 0
  const end = () => {
    if (over) return
    over = true
    clearTimeout(quiet)
    const message = said.toString('utf8')
    const meant = [...waiters].filter(({ listen }) => message.includes(listen.says))
    const reply = meant.find(({ listen }) => listen.reply !== '')?.listen.reply ?? ''
    const head = `HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(reply)}\r\nconnection: close\r\n\r\n`
    socket.end(HTTP.test(message) ? head + reply : reply)
    for (const waiter of [...waiters]) waiter.hear(message)
  }
  socket.on('data', (chunk) => {
    if (over) return
    said = Buffer.concat([said, chunk]).subarray(0, MOST_BYTES)
    pieces += 1
    clearTimeout(quiet)
    if (said.length >= MOST_BYTES || pieces >= MOST_PIECES || complete(said.toString('latin1'))) end()
    else quiet = setTimeout(end, QUIET_MS)
  })
  socket.on('end', end)
}

function complete(text: string): boolean {
  const head = /^[A-Z]+ \S+ HTTP\/1\.[01]\r?\n[\s\S]*?\r?\n\r?\n/.exec(text)?.[0]
  if (!head || /^expect:/im.test(head)) return false
  return text.length - head.length >= Number(/^content-length:\s*(\d+)/im.exec(head)?.[1] ?? 0)
}
