import { randomUUID } from 'node:crypto'
import type { Terminals } from '../engine/terminals.ts'
import { mayCommand } from '../exercise/decide/authority.ts'
import type { Actor } from '../exercise/ledger/actor.ts'
import type { ClientToServer, FollowReply } from '../exercise/wire/protocol.ts'
import { actorOf } from './seats.ts'
import type { LiveSocket } from './socket-types.ts'
import type { Follower } from './terminal-follower.ts'
import type { TerminalSession } from './terminal-session.ts'
import type { Typist } from './terminal-typing.ts'
import { FAULT, refusal } from './wire.ts'

type BeginRequest = Parameters<ClientToServer['follow-begin']>[0]

/** An instructor's page that follows a terminal. */
interface Following extends BeginRequest {
  readonly socket: LiveSocket
  readonly by: Actor
  readonly follower: Follower
  readonly typist: Typist
  helps: boolean
}

export interface Follows {
  /** Listens to the messages of a socket by which a terminal is followed. */
  serve(socket: LiveSocket): void
  /** A terminal is over: its ledger says so of whoever followed it too. */
  over(terminal: string, reason: string): void
  /** Ends what a seat follows that was revoked. */
  leave(seatId: string): void
}

/** Terminals that instructors follow, or help in: nothing is seen or typed before the ledger says who does it, and the team with it. */
export function openFollows(
  terminals: Terminals,
  session: (terminal: string) => TerminalSession | undefined,
  fault: (what: string, error: unknown) => void,
): Follows {
  const follows = new Map<string, Following>()
  const revoked = new Set<string>()

  const drop = (follow: string) => {
    const of = follows.get(follow)
    follows.delete(follow)
    of?.follower.close()
    return of
  }
  const recordEnd = (team: string, follow: string, reason: string, by: Actor) =>
    terminals
      .followed({ type: 'unfollow-terminal', data: { team, follow, reason } }, by)
      .catch((error) => fault('the end of a follow', error))
  const end = (follow: string, reason: string) => {
    const of = drop(follow)
    if (of) void recordEnd(of.team, follow, reason, of.by)
  }
  const endAll = (which: (of: Following) => boolean, reason: string) => {
    for (const [follow, of] of [...follows]) if (which(of)) end(follow, reason)
  }

  const begin = async (
    socket: LiveSocket,
    { team, terminal }: BeginRequest,
    reply: (answer: FollowReply) => void,
  ): Promise<void> => {
    const { seat, person } = socket.data
    const follow = randomUUID()
    const command = { type: 'follow-terminal', data: { team, terminal, follow } } as const
    if (mayCommand(seat.seat, seat.team, command) !== true) return reply({ ok: false, refusal: WHITE_ALONE })
    const by = actorOf(seat, person?.name)
    const asked = await terminals.followed(command, by)
    if (!asked.ok) return reply(asked)
    const of = session(terminal)
    // Gone meanwhile, or not there yet.
    if (!of || !socket.connected || revoked.has(seat.seatId)) {
      void recordEnd(team, follow, 'left', by)
      return reply({ ok: false, refusal: GONE })
    }
    // Before the screen, which bears its name.
    reply({ ok: true, follow })
    const follower = of.follow(follow, socket)
    follows.set(follow, { team, terminal, socket, by, follower, typist: of.typist(), helps: false })
  }

  const help = async (of: Following | null, follow: string, helps: boolean): Promise<FollowReply> => {
    if (!of) return { ok: false, refusal: NOT_FOLLOWED }
    // Given back at once, taken only when it is on record.
    if (!helps) of.helps = false
    const asked = await terminals.followed(
      { type: 'help-terminal', data: { team: of.team, follow, helps } },
      of.by,
    )
    if (!asked.ok) return asked
    of.helps = helps
    return { ok: true, follow }
  }

  return {
    serve(socket) {
      const mine = (follow: string) => {
        const of = follows.get(follow)
        return of?.socket === socket ? of : null
      }
      const failed = (error: unknown): FollowReply => {
        fault('following a terminal', error)
        return { ok: false, refusal: FAULT }
      }
      socket.on('follow-begin', (request, reply) => {
        begin(socket, request, reply).catch((error) => reply(failed(error)))
      })
      socket.on('follow-help', (follow, helps, reply) => {
        help(mine(follow), follow, helps).catch(failed).then(reply)
      })
      socket.on('follow-input', (follow, data, at, reply) => {
        const of = mine(follow)
        if (of?.helps) of.typist.type(data, at, true).then(reply)
        else reply(null)
      })
      socket.on('follow-ack', (follow, drawn) => mine(follow)?.follower.drawn(drawn))
      socket.on('follow-end', (follow) => {
        if (mine(follow)) end(follow, 'stopped')
      })
      socket.on('disconnect', () => endAll((of) => of.socket === socket, 'left'))
    },
    over(terminal, reason) {
      for (const [follow, of] of [...follows]) {
        if (of.terminal !== terminal) continue
        drop(follow)
        of.socket.emit('follow-ended', follow, reason)
      }
    },
    leave(seatId) {
      revoked.add(seatId)
      endAll((of) => of.socket.data.seat.seatId === seatId, 'revoked')
    },
  }
}

const WHITE_ALONE = refusal(
  'white-follows',
  'Only an instructor of this exercise may follow a team’s terminal or help in it.',
)
const GONE = refusal('no-such-terminal', 'That terminal is closed. Choose one that is open.')
const NOT_FOLLOWED = refusal(
  'not-followed',
  'Who helps in a terminal follows it: follow it first, from this page.',
)
