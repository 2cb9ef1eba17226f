import ssh2, { type ParsedKey } from 'ssh2'
import { mayCommand } from '../../exercise/decide/authority.ts'
import type { Actor } from '../../exercise/ledger/actor.ts'
import type { SeatInfo } from '../../exercise/wire/protocol.ts'
import type { CodeGuesses } from '../code-guesses.ts'
import { type JoinCodes, readCode } from '../join-codes.ts'
import type { AddressLimit } from '../rate.ts'
import { actorOf } from '../seats.ts'
import type { FindServed, Served } from '../served.ts'
import { readUserName, type UserName } from './user-name.ts'

/** Somebody who has shown that they have a seat from which this service may be worked on. */
export interface LetIn extends UserName {
  readonly served: Served
  readonly seat: SeatInfo
  readonly by: Actor
  /** Of somebody who has signed in with an account: until when, epoch ms. */
  readonly untilWall: number | null
  /** Of the key that let them in; null: none did. */
  readonly fingerprint: string | null
}

export interface Doorkeeper {
  /** With a join token or a short code. Null: not so, or too often wrong. */
  byPassword(user: string, password: string, ip: string): Promise<LetIn | null>
  /** With a key that the team has registered; `proves` says whether the client holds it, or only asks whether it would do. */
  byKey(user: string, key: Buffer, proves: (key: ParsedKey) => boolean): Promise<LetIn | null>
}

const TOKEN_LENGTH = 2_000

/** Who may come in, by the same limits and the same table as over the web. */
export function openDoorkeeper(of: {
  readonly find: FindServed
  readonly codes: JoinCodes
  readonly guesses: CodeGuesses
  readonly failures: AddressLimit
}): Doorkeeper {
  const { find, codes, guesses, failures } = of

  const through = (
    served: Served,
    user: UserName,
    seat: SeatInfo,
    name: string | null,
    until: { untilWall?: number | null; fingerprint?: string } = {},
  ): LetIn | null => {
    const { team, service } = user
    const data = { team, service, terminal: '', via: 'ssh' } as const
    if (mayCommand(seat.seat, seat.team, { type: 'open-terminal', data }) !== true) return null
    return { ...user, served, seat, by: actorOf(seat, name), untilWall: null, fingerprint: null, ...until }
  }
  const here = (served: Served | null, user: UserName) =>
    served !== null &&
    (user.exerciseId ?? served.exercise.engine.exerciseId) === served.exercise.engine.exerciseId

  const byCode = async (user: UserName, code: string, ip: string): Promise<LetIn | null> => {
    await codes.ready()
    // As over the web: nothing may come between this and the taking.
    if (!guesses.left(ip)) return null
    const held = codes.find(code)
    if (!held) {
      guesses.wrong(ip)
      return null
    }
    const served = await find(held.exerciseId)
    const seat = served?.exercise.engine.state().seats.find(({ seatId }) => seatId === held.seatId)
    if (!served || !seat || seat.revoked) {
      guesses.wrong(ip)
      return null
    }
    return here(served, user) ? through(served, user, seat, null) : null
  }

  const byToken = async (user: UserName, token: string, ip: string): Promise<LetIn | null> => {
    if (!failures.left(ip)) return null
    const served = await find(exerciseIn(token) ?? undefined)
    const entered = served?.seats.enter(token)
    if (!served || !entered?.ok) {
      failures.take(ip)
      return null
    }
    if (!here(served, user)) return null
    return through(served, user, entered.seat, entered.signedIn, { untilWall: entered.untilWall })
  }

  return {
    async byPassword(text, password, ip) {
      const user = readUserName(text)
      if (!user || password.length > TOKEN_LENGTH) return null
      return readCode(password) === null ? byToken(user, password, ip) : byCode(user, password, ip)
    },
    async byKey(text, blob, proves) {
      const user = readUserName(text)
      const key = ssh2.utils.parseKey(blob)
      if (!user || key instanceof Error) return null
      const served = await find(user.exerciseId ?? undefined)
      const state = served?.exercise.engine.state()
      const known = state?.teams
        .find(({ id }) => id === user.team)
        ?.sshKeys.find((one) => one.key === blob.toString('base64'))
      const seat = state?.seats.find(({ seatId }) => seatId === known?.seatId)
      if (!served || !known || !seat || seat.revoked || !proves(key)) return null
      return through(served, user, seat, known.by?.name ?? null, { fingerprint: known.fingerprint })
    },
  }
}

/** What a token says of itself; whether it is true its seat decides. */
function exerciseIn(token: string): string | null {
  try {
    const said: unknown = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString('utf8'))
    const { exerciseId } = Object(said) as { exerciseId?: unknown }
    return typeof exerciseId === 'string' ? exerciseId : null
  } catch {
    return null
  }
}
