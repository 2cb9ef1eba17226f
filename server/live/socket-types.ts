import type { Server, Socket } from 'socket.io'
import type { ClientToServer, SeatInfo, ServerToClient } from '../exercise/wire/protocol.ts'
import type { Outlet } from './backpressure.ts'
import type { Served } from './served.ts'

export interface SocketData {
  /** The exercise that the handshake named. */
  served: Served
  seat: SeatInfo
  /** From the handshake, to go on from. */
  cursor: number
  /** From the handshake: it can go on from a snapshot. */
  takesSnapshots: boolean
  /** What waits for it, from its connection on. */
  outlet: Outlet
}

type NoEvents = Record<string, never>
export type LiveServer = Server<ClientToServer, ServerToClient, NoEvents, SocketData>
export type LiveSocket = Socket<ClientToServer, ServerToClient, NoEvents, SocketData>

/** Rooms are an exercise's own: nothing that is sent to one reaches a socket of another. */
export const roomIn = (exerciseId: string, room: string): string => `${exerciseId}/${room}`
/** All sockets of an exercise. */
export const allRoom = (exerciseId: string): string => roomIn(exerciseId, 'all')
/** All sockets of an exercise that have caught up. */
export const liveRoom = (exerciseId: string): string => roomIn(exerciseId, 'live')
/** All sockets of one seat, to send them away together. */
export const seatRoom = (exerciseId: string, seatId: string): string => roomIn(exerciseId, `seat:${seatId}`)
