import type { Terminals } from '../engine/terminals.ts'
import { mayCommand } from '../exercise/decide/authority.ts'
import type { ClientToServer, SeatInfo, TerminalReply } from '../exercise/wire/protocol.ts'
import { TOO_FAST } from './give-command.ts'
import { rateLimitPerAddress } from './rate.ts'
import { actorOf } from './seats.ts'
import type { LiveSocket } from './socket-types.ts'
import { openFollows } from './terminal-follows.ts'
import { openTerminalSession, type TerminalSession } from './terminal-session.ts'
import { FAULT, refusal } from './wire.ts'

type OpenRequest = Parameters<ClientToServer['terminal-open']>[0]

/** Of a seat over all its sockets, whoever sits in it: each opening, sharing, look and help is a fact for ever. What is given back is never too much. */
const ACTS_PER_SECOND = 2
const ACTS_AT_ONCE = 60

export interface TerminalSessions {
  /** Listens to the terminal messages of a socket. */
  serve(socket: LiveSocket): void
  /** Closes the terminals of a seat that was revoked, and lets it follow none. */
  leave(seatId: string): void
  /** Ends a terminal, and says why to whoever is at it. Nothing when it is over. */
  end(terminal: string, reason: string): void
  close(): void
}

/**
 * Terminals over sockets. One belongs to whoever opened it, outlives its socket by `keepMs`, and can be joined again from another page
 * with its key, which then has it alone. To colleagues in the same seat it opens as far as it is shared with them, on record.
 */
export function openTerminalSessions(
  terminals: Terminals,
  mayType: (seat: SeatInfo) => boolean,
  keepMs: number,
  fault: (what: string, error: unknown) => void,
): TerminalSessions {
  const sessions = new Map<string, TerminalSession>()
  const leaving = new Map<string, NodeJS.Timeout>()
  const ofSeat = rateLimitPerAddress(ACTS_PER_SECOND, ACTS_AT_ONCE)
  const mayAct = ({ seat, seatId }: SeatInfo) => seat === 'white' || ofSeat.take(seatId)
  const follows = openFollows(terminals, (terminal) => sessions.get(terminal), { mayType, mayAct }, fault)

  const stay = (terminal: string) => {
    clearTimeout(leaving.get(terminal))
    leaving.delete(terminal)
  }
  const forget = (terminal: string) => {
    stay(terminal)
    const session = sessions.get(terminal)
    sessions.delete(terminal)
    const client = session?.client() ?? null
    session?.detach()
    return client
  }
  const end = (terminal: string, reason: string) => {
    // Closing ends the shell, and that comes back here.
    if (!sessions.has(terminal)) return
    forget(terminal)?.emit('terminal-closed', terminal, reason)
    follows.over(terminal, reason)
    terminals.close(terminal, reason).catch((error) => fault('closing a terminal', error))
  }

  const join = (socket: LiveSocket, terminal: string, key: string | undefined): TerminalReply => {
    const session = sessions.get(terminal)
    if (session?.seatId !== socket.data.seat.seatId || session.key !== key)
      return { ok: false, refusal: GONE }
    const before = session.client()
    if (before !== socket) before?.emit('terminal-closed', terminal, 'moved')
    stay(terminal)
    return { ok: true, terminal, replay: session.attach(socket), typed: session.typed() }
  }

  const open = async (socket: LiveSocket, seat: SeatInfo, request: OpenRequest): Promise<TerminalReply> => {
    const team = request.team ?? seat.team
    if (team === null)
      return { ok: false, refusal: refusal('no-team', 'Say in `team` whose container the terminal is for.') }
    const { service, cols, rows } = request
    const may = mayCommand(seat.seat, seat.team, {
      type: 'open-terminal',
      data: { team, service, terminal: '' },
    })
    if (may !== true) return { ok: false, refusal: may }
    if (!mayAct(seat)) return { ok: false, refusal: TOO_FAST }
    const opened = await terminals.open(
      team,
      service,
      { cols, rows },
      actorOf(seat, socket.data.person?.name),
    )
    if (!opened.ok) return opened
    const { terminal, stream } = opened
    const closed = (reason: string) => end(terminal, reason)
    const session = openTerminalSession({
      ...{ terminal, stream, closed },
      seatId: seat.seatId,
      size: { cols, rows },
    })
    sessions.set(terminal, session)
    if (socket.connected) session.attach(socket)
    else leaveLater(terminal)
    return { ok: true, terminal, key: session.key, typed: 0 }
  }

  const leaveLater = (terminal: string) => {
    stay(terminal)
    leaving.set(
      terminal,
      setTimeout(() => end(terminal, 'left'), keepMs),
    )
  }

  return {
    serve(socket) {
      const { seat } = socket.data
      follows.serve(socket)
      const mine = (terminal: string) => {
        const session = sessions.get(terminal)
        return session?.client() === socket ? session : null
      }
      socket.on('terminal-open', (request, reply) => {
        if (request.terminal !== undefined) return reply(join(socket, request.terminal, request.key))
        open(socket, seat, request)
          .catch((error) => {
            fault('opening a terminal', error)
            return { ok: false, refusal: FAULT }
          })
          .then(reply)
      })
      socket.on('terminal-input', (terminal, data, at, reply) => {
        const session = mine(terminal)
        if (session) session.type(data, at, mayType(seat)).then(reply)
        else reply(null)
      })
      socket.on('terminal-resize', (terminal, cols, rows) => mine(terminal)?.resize(cols, rows))
      socket.on('terminal-share', (terminal, access, reply) => {
        if (!mine(terminal)) return reply({ ok: false, refusal: GONE })
        follows
          .share(socket, terminal, access)
          .catch((error) => {
            fault('sharing a terminal', error)
            return { ok: false, refusal: FAULT } as const
          })
          .then(reply)
      })
      socket.on('terminal-ack', (terminal, drawn) => mine(terminal)?.drawn(drawn))
      socket.on('terminal-close', (terminal) => {
        if (mine(terminal)) end(terminal, 'closed')
      })
      socket.on('disconnect', () => {
        for (const session of sessions.values()) {
          if (session.client() !== socket) continue
          session.detach()
          leaveLater(session.terminal)
        }
      })
    },
    end,
    leave(seatId) {
      const theirs = [...sessions.values()].filter((session) => session.seatId === seatId)
      for (const session of theirs) end(session.terminal, 'revoked')
      follows.leave(seatId)
    },
    close() {
      for (const terminal of leaving.keys()) stay(terminal)
    },
  }
}

const GONE = refusal('no-such-terminal', 'That terminal is closed. Open a new one.')
