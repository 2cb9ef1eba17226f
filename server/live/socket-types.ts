import type { Server, Socket } from 'socket.io'
import type { ClientToServer, SeatInfo, ServerToClient } from '../exercise/wire/protocol.ts'
import type { Outlet } from './backpressure.ts'

export interface SocketData {
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

/** All sockets that have caught up. */
export const LIVE_ROOM = 'live'
/** All sockets of one seat, to send them away together. */
export const seatRoom = (seatId: string): string => `seat:${seatId}`
