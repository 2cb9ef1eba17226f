import { createServer, type Socket } from 'node:net'
import type { Connection } from 'ssh2'
import { networkOf } from '../network-of.ts'

/** Of all: who waits to be cut is among them. */
const MOST_SOCKETS = 512
/** Not a word yet: each costs a socket. */
const MOST_SILENT = 128
const MOST_SILENT_OF_ONE = 16
/** Somebody who has not logged in yet: each costs a key exchange. */
const MOST_STRANGERS = 32
const MOST_STRANGERS_OF_ONE = 8
const IDENT_MS = 5_000
const LOGIN_MS = 30_000
/** Until who is sent away is cut: they may never close their side. */
const CUT_MS = 1_000
/** Answers that a client asks for and does not take. What programs write waits far earlier, see paced.ts. */
const MOST_UNTAKEN = 32 * 1_024 * 1_024

type Stage = 'silent' | 'stranger' | 'known'

/** One at the door of SSH, from before a word is said. */
export interface Caller {
  readonly socket: Socket
  /** Has told what client it is. False: there are too many of these, and it is sent away. */
  speaks(client: Connection): boolean
  /** Has logged in. */
  known(): void
  /** Ends it: its place is free at once, its socket in a second at most. */
  leave(): void
}

/** The sockets of SSH, with bounds for those that have said nothing, those that have not logged in, and all. `greet` gives one to the library. */
export function openCallers(of: { readonly greet: (socket: Socket) => void; readonly loginMs?: number }) {
  const stages = new Map<Caller, { stage: Stage; from: string }>()
  const loginMs = of.loginMs ?? LOGIN_MS
  let speaking: Caller | null = null

  /** Whether one more of this network may come to this stage. */
  const room = (stage: Stage, from: string, all: number, ofOne: number) => {
    const there = [...stages.values()].filter((one) => one.stage === stage)
    return there.length < all && there.filter((one) => one.from === from).length < ofOne
  }

  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    const from = networkOf(socket.remoteAddress ?? '')
    if (!room('silent', from, MOST_SILENT, MOST_SILENT_OF_ONE)) return void socket.destroy()
    let client: Connection | null = null
    let late = setTimeout(() => caller.leave(), Math.min(IDENT_MS, loginMs))
    const caller: Caller = {
      socket,
      speaks(as) {
        client = as
        const may = stages.has(caller) && room('stranger', from, MOST_STRANGERS, MOST_STRANGERS_OF_ONE)
        if (!may) {
          caller.leave()
          client.end()
          return false
        }
        stages.set(caller, { stage: 'stranger', from })
        clearTimeout(late)
        late = setTimeout(() => caller.leave(), loginMs)
        return true
      },
      known() {
        clearTimeout(late)
        if (stages.has(caller)) stages.set(caller, { stage: 'known', from })
      },
      leave() {
        if (!stages.delete(caller)) return
        clearTimeout(late)
        client?.end()
        socket.end()
        const cut = setTimeout(() => socket.destroy(), CUT_MS)
        socket.once('close', () => clearTimeout(cut))
      },
    }
    stages.set(caller, { stage: 'silent', from })
    // Where the other side does not read, an end comes without a close.
    socket.once('end', caller.leave)
    socket.once('close', caller.leave)
    of.greet(socket)
    // Before the library's own listener, which comes a moment later: the library names no socket when it tells of a client.
    socket.on('data', () => {
      speaking = caller
      if (socket.writableLength > MOST_UNTAKEN) socket.destroy()
    })
  })
  server.maxConnections = MOST_SOCKETS

  return {
    server,
    /** Whose bytes the library reads just now. */
    speaking: () => speaking,
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()))
      for (const caller of [...stages.keys()]) caller.leave()
      await closed
    },
  }
}
