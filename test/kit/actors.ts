import type { Actor } from '../../server/exercise/ledger/actor.ts'

/** Somebody in a white or a blue seat. */
export const white = (seatId = 'white'): Actor => ({ kind: 'seat', seatId, seat: 'white' })
export const blue = (seatId = 'blue'): Actor => ({ kind: 'seat', seatId, seat: 'blue' })
