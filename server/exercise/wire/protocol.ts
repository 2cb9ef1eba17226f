/** What goes over socket.io and HTTP, shared by server/live and web/feed. */
import type { Command, CommandType, Refusal } from '../decide/commands.ts'
import type { Recorded } from '../ledger/events.ts'
import type { Phase, SeatKind, Verdict } from '../scenario/model.ts'

/** Already redacted for the receiver. Apply only when `after` <= own cursor; otherwise ask `catch-up`. */
export interface EventBatch {
  readonly after: number
  readonly cursor: number
  readonly events: readonly Recorded[]
}

/** Sent about twice a second while running, volatile: how far exercise time is. Older than 3 s means stale. */
export interface ClockBeat {
  readonly exerciseMs: number
  readonly speed: number
  readonly running: boolean
  readonly wall: number
  readonly cursor: number
}

export interface SeatInfo {
  readonly seatId: string
  readonly seat: SeatKind
  readonly team: string | null
  readonly label: string
}

export type CommandReply =
  | { readonly ok: true; readonly cursor: number }
  | { readonly ok: false; readonly refusal: Refusal }

export type WireCommand = {
  [T in CommandType]: Pick<Extract<Command, { type: T }>, 'type' | 'data'>
}[CommandType]

export interface TerminalReply {
  readonly ok: boolean
  readonly terminal?: string
  /** Scrollback (at most 64 KiB) when an existing terminal is joined again. */
  readonly replay?: Uint8Array
  readonly refusal?: Refusal
}

export interface ServerToClient {
  welcome: (info: { seat: SeatInfo; exerciseId: string; cursor: number }) => void
  /**
   * In place of the events up to `cursor`, to a client that is far behind and said in the handshake that it folds as this server does:
   * what its audience knows, as wire/snapshot.ts packs it, gzipped.
   */
  snapshot: (cursor: number, body: Uint8Array) => void
  events: (batch: EventBatch) => void
  clock: (beat: ClockBeat) => void
  'terminal-data': (terminal: string, chunk: Uint8Array) => void
  'terminal-closed': (terminal: string, reason: string) => void
  /** The seat was revoked or the exercise replaced: reload or leave. */
  goodbye: (reason: string) => void
}

export interface ClientToServer {
  'catch-up': (after: number, reply: (batch: EventBatch) => void) => void
  command: (command: WireCommand, reply: (result: CommandReply) => void) => void
  /** With `terminal`: joins one that is still open (page reload). White names the `team`; blue has its own. */
  'terminal-open': (
    request: { service: string; cols: number; rows: number; terminal?: string; team?: string },
    reply: (result: TerminalReply) => void,
  ) => void
  'terminal-input': (terminal: string, data: string) => void
  'terminal-resize': (terminal: string, cols: number, rows: number) => void
  'terminal-close': (terminal: string) => void
  /**
   * Flow control: how many bytes of `terminal-data` the client has drawn since its `terminal-open`, without the replay. The
   * server stops reading 256 KiB ahead of it.
   */
  'terminal-ack': (terminal: string, drawnBytes: number) => void
}

/** socket.io handshake. Without a token: the guest seat. */
export interface SocketAuth {
  readonly token?: string
  readonly cursor?: number
  /** Hash of the sources with which the client folds; without it, it is sent every event. */
  readonly fold?: string
}

/** `GET /api/exercise`: safe for guests. */
export interface PublicExercise {
  readonly id: string
  readonly scenario: string
  readonly phase: Phase
  readonly clock: { readonly exerciseMs: number; readonly speed: number }
  readonly teams: readonly {
    readonly id: string
    readonly name: string
    readonly pilot: string
    readonly score: {
      readonly total: number
      readonly possible: number
      readonly categories: Readonly<Record<string, { readonly points: number; readonly possible: number }>>
    }
    readonly services: readonly {
      readonly id: string
      readonly verdict: Verdict
      readonly since: number
      readonly breached: boolean
    }[]
  }[]
}
