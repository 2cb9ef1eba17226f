import { randomUUID } from 'node:crypto'
import type { Terminals } from '../engine/terminals.ts'
import { mayCommand } from '../exercise/decide/authority.ts'
import type { Actor } from '../exercise/ledger/actor.ts'
import type { TerminalAccess } from '../exercise/ledger/terminal-events.ts'
import type { ClientToServer, FollowReply, SeatInfo, ShareReply } from '../exercise/wire/protocol.ts'
import { TOO_FAST } from './give-command.ts'
import { actorOf } from './seats.ts'
import type { LiveSocket } from './socket-types.ts'
import type { Follower } from './terminal-follower.ts'
import type { TerminalSession } from './terminal-session.ts'
import { allows, openSharing } from './terminal-sharing.ts'
import type { Typist } from './terminal-typing.ts'
import { FAULT, refusal } from './wire.ts'

type BeginRequest = Parameters<ClientToServer['follow-begin']>[0]

/** An instructor's or a colleague's page that follows a terminal. */
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
  /** Who opened a terminal, at the page that has it, lets colleagues in or takes that back. */
  share(socket: LiveSocket, terminal: string, access: TerminalAccess): Promise<ShareReply>
  /** A terminal is over: its ledger says so of whoever followed it too. */
  over(terminal: string, reason: string): void
  /** Ends what a seat follows that was revoked. */
  leave(seatId: string): void
}

/**
 * Terminals that instructors follow or help in, and colleagues with whom they are shared: nothing is seen or typed before the ledger says who does it, and the team with
 * it; what is taken back ends before that.
 */
export function openFollows(
  terminals: Terminals,
  session: (terminal: string) => TerminalSession | undefined,
  { mayType, mayAct }: { readonly [K in 'mayType' | 'mayAct']: (seat: SeatInfo) => boolean },
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

  const mayStill = (socket: LiveSocket, terminal: string, wants: TerminalAccess) =>
    !isColleague(socket) || allows(sharing.of(terminal), wants)
  const colleaguesAt = (terminal: string) =>
    [...follows].filter(([, of]) => of.terminal === terminal && isColleague(of.socket))
  /** The ledger says so of each by itself: with what was taken back. */
  const sharing = openSharing((terminal, access) => {
    for (const [follow, of] of colleaguesAt(terminal)) {
      if (access === 'nobody') {
        drop(follow)
        of.socket.emit('follow-ended', follow, 'taken-back')
      } else if (of.helps) {
        of.helps = false
        of.socket.emit('follow-keyless', follow)
      }
    }
  })

  const begin = async (
    socket: LiveSocket,
    { team, terminal }: BeginRequest,
    reply: (answer: FollowReply) => void,
  ): Promise<void> => {
    const { seat, person } = socket.data
    const follow = randomUUID()
    const command = { type: 'follow-terminal', data: { team, terminal, follow } } as const
    if (mayCommand(seat.seat, seat.team, command) !== true) return reply({ ok: false, refusal: NOT_OURS })
    if (session(terminal) && !mayStill(socket, terminal, 'look'))
      return reply({ ok: false, refusal: NOT_SHARED })
    if (!mayAct(seat)) return reply({ ok: false, refusal: TOO_FAST })
    const takenBack = sharing.takenBack(terminal)
    const by = actorOf(seat, person?.name)
    const asked = await terminals.followed(command, by)
    if (!asked.ok) return reply(asked)
    const of = session(terminal)
    // Gone meanwhile, or not there yet.
    if (!of || !socket.connected || revoked.has(seat.seatId)) {
      void recordEnd(team, follow, 'left', by)
      return reply({ ok: false, refusal: GONE })
    }
    // The ledger has ended it with that, or refused it.
    if (isColleague(socket) && takenBack !== sharing.takenBack(terminal))
      return reply({ ok: false, refusal: NOT_SHARED })
    // Before the screen, which bears its name.
    reply({ ok: true, follow })
    const follower = of.follow(follow, socket)
    follows.set(follow, { team, terminal, socket, by, follower, typist: of.typist(), helps: false })
  }

  const help = async (of: Following | null, follow: string, helps: boolean): Promise<FollowReply> => {
    if (!of) return { ok: false, refusal: NOT_FOLLOWED }
    // Given back at once, taken only when it is on record.
    if (!helps) of.helps = false
    else if (!mayStill(of.socket, of.terminal, 'write')) return { ok: false, refusal: LOOK_ONLY }
    else if (!mayAct(of.socket.data.seat)) return { ok: false, refusal: TOO_FAST }
    const takenBack = sharing.takenBack(of.terminal)
    const asked = await terminals.followed(
      { type: 'help-terminal', data: { team: of.team, follow, helps } },
      of.by,
    )
    if (!asked.ok) return asked
    if (helps && isColleague(of.socket) && takenBack !== sharing.takenBack(of.terminal))
      return { ok: false, refusal: LOOK_ONLY }
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
        // While time stands still a colleague types as little as who opened it.
        if (of?.helps) of.typist.type(data, at, mayType(socket.data.seat)).then(reply)
        else reply(null)
      })
      socket.on('follow-ack', (follow, drawn) => mine(follow)?.follower.drawn(drawn))
      socket.on('follow-end', (follow) => {
        if (mine(follow)) end(follow, 'stopped')
      })
      socket.on('disconnect', () => endAll((of) => of.socket === socket, 'left'))
    },
    async share(socket, terminal, access) {
      const { seat, person } = socket.data
      const command = {
        type: 'share-terminal',
        data: { team: seat.team ?? '', terminal, access },
      } as const
      if (mayCommand(seat.seat, seat.team, command) !== true) return { ok: false, refusal: NOT_OURS }
      if (!allows(sharing.of(terminal), access) && !mayAct(seat)) return { ok: false, refusal: TOO_FAST }
      const asked = await sharing.share(terminal, access, () =>
        terminals.followed(command, actorOf(seat, person?.name)),
      )
      return asked.ok ? { ok: true } : asked
    },
    over(terminal, reason) {
      sharing.forget(terminal)
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

/** Of the team itself: they look in where a terminal is shared with them. */
const isColleague = (socket: LiveSocket): boolean => socket.data.seat.seat === 'blue'

const NOT_OURS = refusal(
  'white-follows',
  'Only an instructor of this exercise, or a colleague of the team, may follow a team’s terminal or type in it.',
)
const NOT_SHARED = refusal('not-shared', 'Who opened this terminal does not share it.')
const LOOK_ONLY = refusal('look-only', 'Colleagues may only look at this terminal.')
const GONE = refusal('no-such-terminal', 'That terminal is closed. Choose one that is open.')
const NOT_FOLLOWED = refusal(
  'not-followed',
  'Who helps in a terminal follows it: follow it first, from this page.',
)
