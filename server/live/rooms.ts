/** Rooms are an exercise's own: nothing that is sent to one reaches a socket of another. */
export const roomIn = (exerciseId: string, room: string): string => `${exerciseId}/${room}`
/** All sockets of an exercise. */
export const allRoom = (exerciseId: string): string => roomIn(exerciseId, 'all')
/** All sockets of an exercise that have caught up. */
export const liveRoom = (exerciseId: string): string => roomIn(exerciseId, 'live')
/** Sockets that are told who is in of a team; with null those that are told of all. */
export const presenceRoom = (exerciseId: string, team: string | null): string =>
  roomIn(exerciseId, team === null ? 'presence' : `presence:${team}`)
/** All sockets of one seat, to send them away together. */
export const seatRoom = (exerciseId: string, seatId: string): string => roomIn(exerciseId, `seat:${seatId}`)
