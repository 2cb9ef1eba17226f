/** What goes over socket.io and HTTP, shared by server/live and web/feed. */
import type { Command, CommandType, Refusal } from '../decide/commands.ts'
import type { Recorded } from '../ledger/events.ts'
import type { TerminalAccess } from '../ledger/terminal-events.ts'
import type { Phase, SeatKind } from '../scenario/model.ts'
import type { Text } from '../scenario/words.ts'
import type { Person, PresenceList, Whereabouts } from './person.ts'

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
  /** For white alone, while there is any. */
  readonly storage?: StorageTrouble
}

/** `low`: the disk will soon be full. `full`: something was refused for want of space. `failing`: the store refuses for another reason. */
export interface StorageTrouble {
  readonly state: 'low' | 'full' | 'failing'
  /** null where the platform can not see the disk. */
  readonly freeMiB: number | null
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

/** Longest piece of typed text, UTF-16 units: as JSON it stays within one message, whatever it is made of. */
export const TERMINAL_PIECE = 8_192

export interface TerminalReply {
  readonly ok: boolean
  readonly terminal?: string
  /** Of a new one, for the page that opened it alone: with it the terminal is joined again. */
  readonly key?: string
  /** Scrollback (at most 64 KiB) when an existing terminal is joined again. */
  readonly replay?: Uint8Array
  /** How much was typed into it so far, see `terminal-input`. */
  readonly typed?: number
  readonly refusal?: Refusal
}

/** What a terminal shows to somebody who begins to follow it, or could not keep up: draw it on an empty screen of this size. */
export interface TerminalScreen {
  readonly cols: number
  readonly rows: number
  /** At most about 64 KiB. */
  readonly bytes: Uint8Array
}

/** Answer to `terminal-share`. */
export type ShareReply = { readonly ok: true } | { readonly ok: false; readonly refusal: Refusal }

export type FollowReply =
  | { readonly ok: true; readonly follow: string }
  | { readonly ok: false; readonly refusal: Refusal }

export interface ServerToClient {
  welcome: (info: {
    seat: SeatInfo
    exerciseId: string
    cursor: number
    /** Of all exercises of the platform it is the one that an address without an exercise means. */
    current: boolean
    /** It can only be read. */
    record: boolean
    /** The name that the seat's token carries, of somebody who has signed in; null where people say themselves who they are. */
    signedIn: string | null
    /** People may sign in with the organisation's accounts. */
    offersSignIn: boolean
  }) => void
  /**
   * In place of the events up to `cursor`, to a client that is far behind and said in the handshake that it folds as this server does:
   * what its audience knows, as wire/snapshot.ts packs it, gzipped.
   */
  snapshot: (cursor: number, body: Uint8Array) => void
  events: (batch: EventBatch) => void
  clock: (beat: ClockBeat) => void
  /** Who is in, of the teams of which it has changed: a team's own, and all for white. At most twice a second. */
  presence: (lists: readonly PresenceList[]) => void
  'terminal-data': (terminal: string, chunk: Uint8Array) => void
  'terminal-closed': (terminal: string, reason: string) => void
  /** At the beginning, and in place of what the page was too slow for. */
  'follow-screen': (follow: string, screen: TerminalScreen) => void
  'follow-data': (follow: string, chunk: Uint8Array) => void
  /** The team's page has another size now. */
  'follow-size': (follow: string, cols: number, rows: number) => void
  /** Who opened the terminal lets this page look, and type no more. */
  'follow-keyless': (follow: string) => void
  /** The terminal has ended, or is no longer shared. */
  'follow-ended': (follow: string, reason: string) => void
  /** The seat was revoked or the exercise replaced: reload or leave. */
  goodbye: (reason: string) => void
}

export interface ClientToServer {
  'catch-up': (after: number, reply: (batch: EventBatch) => void) => void
  command: (command: WireCommand, reply: (result: CommandReply) => void) => void
  /** Who is before this page, and where they are in it; said again whenever either changes. */
  here: (person: Person | null, where: Whereabouts | null) => void
  /** With `terminal` and its `key`: joins one that is still open (page reload). White names the `team`; blue has its own. */
  'terminal-open': (
    request: {
      service: string
      cols: number
      rows: number
      terminal?: string
      key?: string
      team?: string
    },
    reply: (result: TerminalReply) => void,
  ) => void
  /**
   * Types a piece, at most `TERMINAL_PIECE` long. `at`: where it begins in all that is typed into this terminal, in UTF-16 units. What was typed before is
   * left out and nothing is typed over a gap, so a piece may be sent again after a break. Answered when the container has taken it over: how much was typed
   * in all, less than `at` + its length when it must come again later; null when the terminal is not this client's.
   */
  'terminal-input': (
    terminal: string,
    data: string,
    at: number,
    reply: (typed: number | null) => void,
  ) => void
  'terminal-resize': (terminal: string, cols: number, rows: number) => void
  'terminal-close': (terminal: string) => void
  /** Of the page that has it: what colleagues of the same team may do there. What is taken back ends at once. */
  'terminal-share': (terminal: string, access: TerminalAccess, reply: (result: ShareReply) => void) => void
  /**
   * Flow control: how many bytes of `terminal-data` the client has drawn since its `terminal-open`, without the replay. The
   * server stops reading 256 KiB ahead of it.
   */
  'terminal-ack': (terminal: string, drawnBytes: number) => void
  /** White, or a colleague with whom it is shared, sees what a team's terminal shows, read-only, until `follow-end` or the socket's end. The team is told by whom. */
  'follow-begin': (request: { team: string; terminal: string }, reply: (result: FollowReply) => void) => void
  /** Takes a keyboard too, or gives it back. The team is told of this as well. */
  'follow-help': (follow: string, helps: boolean, reply: (result: FollowReply) => void) => void
  /** As `terminal-input`; null while this page does not help. `at` counts what was typed in this follow. */
  'follow-input': (follow: string, data: string, at: number, reply: (typed: number | null) => void) => void
  /** How many bytes of screens and data the page has drawn in all. */
  'follow-ack': (follow: string, drawnBytes: number) => void
  'follow-end': (follow: string) => void
}

/** socket.io handshake. Without an exercise: the current one. Without a token: the guest seat. */
export interface SocketAuth {
  readonly exercise?: string
  readonly token?: string
  readonly cursor?: number
  /** Hash of the sources with which the client folds; without it, it is sent every event. */
  readonly fold?: string
  /** Who joins, by their own word. */
  readonly person?: Person
}

/** One line of `GET /api/exercises`: safe for guests. */
export interface ExerciseSummary {
  readonly id: string
  /** Slug of the scenario. */
  readonly scenario: string
  readonly title: Text
  /** A name of its own; null: it is called as its scenario is. */
  readonly name: string | null
  /** Names of the teams, in their order. */
  readonly teams: readonly Text[]
  /** `left`: it neither ended nor was it taken up again. */
  readonly phase: Phase | 'left'
  /** When it was made, epoch ms. */
  readonly createdWall: number
  /** When it ended, epoch ms; null: it has not. */
  readonly endedWall: number | null
  /** When it starts by itself, epoch ms; null: by hand, or it has begun. */
  readonly startsWall: number | null
  /** How much of its deploy is done, 0 to 1; null: none is under way. */
  readonly deployed: number | null
  /** It was put aside by whoever runs the platform. */
  readonly archived: boolean
  /** It has a range and takes commands; the others can be read. */
  readonly open: boolean
  /** What an address that names no exercise means. */
  readonly current: boolean
}
