import type { SeatInfo } from '../../exercise/wire/protocol.ts'
import type { Served } from '../served.ts'

/** The seat of a request whose route has the hook that finds it. */
export function known(seat: SeatInfo | null): SeatInfo {
  if (!seat) throw new Error('a route for seats without its hook')
  return seat
}

/** Of all seats of all exercises. */
export const keyOf = ({ exercise }: Served, { seatId }: SeatInfo): string =>
  `${exercise.engine.exerciseId}/${seatId}`

/** White looks into every team's room, a blue seat into its own. */
export const ownTeam = (seat: SeatInfo, team: string): boolean =>
  seat.seat === 'white' || (seat.seat === 'blue' && seat.team === team)
