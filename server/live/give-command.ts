import type { Engine } from '../engine/engine.ts'
import { mayCommand } from '../exercise/authority.ts'
import type { CommandReply, SeatInfo } from '../exercise/protocol.ts'
import type { SeatCommand } from './wire.ts'

/**
 * A command from a seat: asks the one table whether the seat may give it, then hands it to the engine. Rejects only on a
 * fault of the store.
 */
export async function giveCommand(
  engine: Engine,
  seat: SeatInfo,
  command: SeatCommand,
): Promise<CommandReply> {
  const may = mayCommand(seat.seat, seat.team, command)
  if (may !== true) return { ok: false, refusal: may }
  const submitted = await engine.submit(command, seat.seatId)
  return submitted.ok ? { ok: true, cursor: submitted.cursor } : submitted
}
