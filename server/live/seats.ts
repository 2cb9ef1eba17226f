import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { Engine } from '../engine/engine.ts'
import type { EventLog } from '../engine/ports/ports.ts'
import type { Refusal } from '../exercise/decide/commands.ts'
import type { SeatState } from '../exercise/fold/small-state.ts'
import type { Actor } from '../exercise/ledger/actor.ts'
import { type Audience, SEATS } from '../exercise/scenario/model.ts'
import type { SeatInfo } from '../exercise/wire/protocol.ts'
import { refusal } from './wire.ts'

export interface JoinLink extends SeatInfo {
  readonly revoked: boolean
  readonly token: string
  readonly url: string
}

interface Refused {
  readonly ok: false
  readonly refusal: Refusal
}

/** What a token carries of somebody who has signed in: the name, and until when it opens the seat. */
export interface Session {
  readonly name?: string
  /** Epoch ms. */
  readonly untilWall: number
}

/**
 * Seats are facts in the ledger; a token is the seat's own data, signed. So links stay valid over a restart, revoking is one
 * more fact, and nothing about tokens is kept.
 */
export interface Seats {
  /** The seat of a token, or why it has none. */
  enter(token: string):
    | {
        readonly ok: true
        readonly seat: SeatInfo
        readonly signedIn: string | null
        /** Of somebody who has signed in: until when, epoch ms. */
        readonly untilWall: number | null
      }
    | Refused
  /** `session`: of somebody who has signed in. */
  tokenOf(seat: SeatInfo, session?: Session): string
  /** Every seat with its join link under `base`, e.g. `http://127.0.0.1:4600`. */
  links(base: string): readonly JoinLink[]
}

/** The seat of those who come without a token. */
export const GUEST: SeatInfo = { seatId: 'public', seat: 'guest', team: null, label: '' }

const payload = z.strictObject({
  exerciseId: z.string(),
  seatId: z.string(),
  seat: z.enum(SEATS),
  team: z.string().nullable(),
  name: z.string().optional(),
  untilWall: z.number().optional(),
})

/** Opens the seats of the engine's exercise; the signing key is made once and kept in the store's settings. */
export async function openSeats(engine: Engine, log: EventLog): Promise<Seats> {
  const key = await signingKey(log, engine.exerciseId)
  const { exerciseId } = engine
  const sign = (text: string) => createHmac('sha256', key).update(text).digest()

  const tokenOf = ({ seatId, seat, team }: SeatInfo, session?: Session): string => {
    const content = { exerciseId, seatId, seat, team, ...session }
    const text = Buffer.from(JSON.stringify(content)).toString('base64url')
    return `${text}.${sign(text).toString('base64url')}`
  }
  return {
    tokenOf,
    enter(token) {
      const [text = '', signature = ''] = token.split('.')
      const given = Buffer.from(signature, 'base64url')
      const right = sign(text)
      if (given.length !== right.length || !timingSafeEqual(given, right))
        return { ok: false, refusal: UNKNOWN }
      const content = payload.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')))
      const seat = engine.state().seats.find((each) => each.seatId === content.seatId)
      if (content.exerciseId !== exerciseId || !seat) return { ok: false, refusal: UNKNOWN }
      if (seat.revoked) return { ok: false, refusal: REVOKED }
      if ((content.untilWall ?? Number.POSITIVE_INFINITY) <= Date.now()) return { ok: false, refusal: OVER }
      const { name: signedIn = null, untilWall = null } = content
      return { ok: true, seat: infoOf(seat), signedIn, untilWall }
    },
    links: (base) =>
      engine.state().seats.map((seat) => {
        const token = tokenOf(seat)
        return { ...infoOf(seat), revoked: seat.revoked, token, url: joinUrl(base, token) }
      }),
  }
}

/** After the `#`, so that no server or proxy on the way writes the token into its log. */
export const joinUrl = (base: string, token: string): string => `${base}/#/join/${token}`

/** What a seat may see. */
export const audienceOf = ({ seat, team }: SeatInfo): Audience =>
  seat === 'blue' ? { seat, team: team ?? '' } : { seat }

/** Whoever acts in a seat; `name` where it is known. */
export const actorOf = ({ seatId, seat }: SeatInfo, name: string | null = null): Actor => ({
  kind: 'seat',
  seatId,
  seat,
  ...(name !== null && { name }),
})

const UNKNOWN = refusal(
  'unknown-token',
  'This token is not of this exercise. Use the whole join link that the platform printed, or ask white for a new one.',
)
const OVER = refusal('session-over', 'You signed in long ago. Sign in again on the start page.')
const REVOKED = refusal('revoked-token', 'This seat was revoked. Ask white for a new join link.')

const infoOf = ({ seatId, seat, team, label }: SeatState): SeatInfo => ({ seatId, seat, team, label })

async function signingKey(log: EventLog, exerciseId: string): Promise<Buffer> {
  const name = `seat-key:${exerciseId}`
  const kept = await log.getSetting(name)
  if (typeof kept === 'string') return Buffer.from(kept, 'base64url')
  const key = randomBytes(32)
  await log.putSetting(name, key.toString('base64url'))
  return key
}
