import type { Engine } from '../engine/engine.ts'
import { isFull } from '../engine/storage-health.ts'
import { mayCommand } from '../exercise/decide/authority.ts'
import type { Refusal } from '../exercise/decide/commands.ts'
import type { CommandReply, SeatInfo } from '../exercise/wire/protocol.ts'
import { rateLimitPerAddress } from './rate.ts'
import { actorOf } from './seats.ts'
import { turnsOf } from './turns.ts'
import { refusal, type SeatCommand } from './wire.ts'

/** Of one person in a seat, over all their sockets and requests: each command may be a fact for ever. */
const PER_SECOND = 5
const AT_ONCE = 50
/** Of a whole seat: as many people may sit in it as say a name, and names cost nothing. */
const SEAT_PER_SECOND = 15
const SEAT_AT_ONCE = 150
/** Commands of one seat that the store has not answered yet: while it stands still they must not pile up. */
const UNDER_WAY = 50

/** `name`: of the person in the seat, where it is known. */
export type GiveCommand = (
  seat: SeatInfo,
  command: SeatCommand,
  name?: string | null,
) => Promise<CommandReply>

/**
 * A command from a seat: asks the one table whether the seat may give it, then hands it to the engine. Rejects only on a
 * fault of the store; of one that has no room left it is certain that nothing was recorded.
 */
export function openCommands(
  engine: Engine,
  /** What only the edge can tell of a command, e.g. that a file which it names was uploaded: the refusal, or null. */
  check: (command: SeatCommand) => Promise<Refusal | null> = async () => null,
): GiveCommand {
  const ofPerson = rateLimitPerAddress(PER_SECOND, AT_ONCE)
  const ofSeat = rateLimitPerAddress(SEAT_PER_SECOND, SEAT_AT_ONCE)
  const mayGo = (seatId: string, name: string | null) =>
    ofPerson.take(`${seatId} ${name ?? ''}`) && ofSeat.take(seatId)
  const underWay = turnsOf(UNDER_WAY)
  return async (seat, command, name = null) => {
    const may = mayCommand(seat.seat, seat.team, command)
    if (may !== true) return { ok: false, refusal: may }
    if (seat.seat !== 'white' && !mayGo(seat.seatId, name)) return { ok: false, refusal: TOO_FAST }
    if (!underWay.take(seat.seatId)) return { ok: false, refusal: TOO_FAST }
    try {
      const why = await check(command)
      if (why) return { ok: false, refusal: why }
      const submitted = await engine.submit(command, actorOf(seat, name))
      return submitted.ok ? { ok: true, cursor: submitted.cursor } : submitted
    } catch (error) {
      if (isFull(error)) return { ok: false, refusal: NO_SPACE }
      throw error
    } finally {
      underWay.give(seat.seatId)
    }
  }
}

export const NO_SPACE = refusal(
  'no-space',
  'The platform’s disk is full: this was not recorded. Whoever runs the platform must free some space; then try again.',
)

export const TOO_FAST = refusal('too-fast', 'Too many requests at once. Wait a second and try again.')
