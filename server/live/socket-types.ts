import type { Server, Socket } from 'socket.io'
import type { Person, Whereabouts } from '../exercise/wire/person.ts'
import type { ClientToServer, SeatInfo, ServerToClient } from '../exercise/wire/protocol.ts'
import type { Served } from './served.ts'

/** The way out to one client. engine.io keeps in memory, without a limit, what a client has been sent and has not taken. */
export interface Outlet {
  /** About so many bytes wait: the operating system has not taken them over yet. */
  waiting(): number
  /** All bytes so far of what was made for this client alone. */
  sent(): number
  /** Resolves when no more than `bytes` wait, or the client has gone. */
  room(bytes: number): Promise<void>
  /** Calls whenever the client has taken all. Returns the function that ends it. */
  onTaken(call: () => void): () => void
}

export interface SocketData {
  /** The exercise that the handshake named. */
  served: Served
  seat: SeatInfo
  /** The name that the token carries; who they say they are does not change it. */
  signedIn: string | null
  /** Until when who has signed in may stay, epoch ms. */
  untilWall: number | null
  /** Who is before this page, where it is known, and where in it. */
  person: Person | null
  where: Whereabouts | null
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
