import { createReadStream, existsSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { Server } from 'socket.io'
import { redact } from '../../server/exercise/audience.ts'
import type { Recorded } from '../../server/exercise/events.ts'
import type { Audience } from '../../server/exercise/model.ts'
import type { ClientToServer, EventBatch, SeatInfo, ServerToClient } from '../../server/exercise/protocol.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
}
const CSP =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self' ws: wss:; font-src 'self'"

export interface DemoFeed {
  readonly url: string
  /** Adds facts, and tells everybody. */
  add(events: readonly Recorded[]): void
  /** Sends nothing more, not even the clock: as a half-open link would. */
  silence(): void
  close(): Promise<void>
}

/**
 * The built pages and a recorded ledger over real socket.io, redacted per seat by the platform's own rules. A token is the
 * seat's name, e.g. `white` or `blue.japan`. For looking at pages and for tests of them; terminals and commands answer nothing.
 */
export async function serveLedger(
  recorded: readonly Recorded[],
  exerciseMs: number,
  port = 0,
): Promise<DemoFeed> {
  const ledger = [...recorded]
  const root = join(import.meta.dirname, '../../.kilp/web')
  const http = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://x').pathname)
    const file = join(root, path === '/' ? 'index.html' : path)
    if (!existsSync(file)) return response.writeHead(404).end()
    response.setHeader('content-security-policy', CSP)
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
    return createReadStream(file).pipe(response)
  })
  const io = new Server<ClientToServer, ServerToClient>(http, { transports: ['websocket'] })
  const running =
    ledger.at(-1)?.type !== 'exercise.ended' && ledger.some((event) => event.type === 'exercise.started')
  const began = Date.now()
  let silent = false

  const batch = (audience: Audience, after: number): EventBatch => ({
    after,
    cursor: ledger.length,
    events: ledger.slice(after).flatMap((event) => redact(event, audience) ?? []),
  })
  io.on('connection', (socket) => {
    const [seat = 'guest', team = null] = String(socket.handshake.auth.token ?? 'guest').split('.')
    const audience: Audience =
      seat === 'blue'
        ? { seat, team: team ?? '' }
        : { seat: seat === 'white' || seat === 'observer' ? seat : 'guest' }
    const info: SeatInfo = { seatId: seat, seat: audience.seat, team, label: '' }
    socket.data.audience = audience
    socket.emit('welcome', { seat: info, exerciseId: 'demo', cursor: ledger.length })
    socket.emit('events', batch(audience, Number(socket.handshake.auth.cursor ?? 0)))
    socket.on('catch-up', (after, reply) => reply(batch(audience, after)))
  })
  const beats = setInterval(() => {
    if (silent) return
    const now = exerciseMs + (running ? Date.now() - began : 0)
    io.emit('clock', { exerciseMs: now, speed: 1, running, wall: Date.now(), cursor: ledger.length })
  }, 500)
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
  const address = http.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`,
    add(events) {
      const after = ledger.length
      ledger.push(...events)
      for (const socket of io.sockets.sockets.values())
        socket.emit('events', batch(socket.data.audience, after))
    },
    silence: () => {
      silent = true
    },
    async close() {
      clearInterval(beats)
      await io.close()
    },
  }
}
