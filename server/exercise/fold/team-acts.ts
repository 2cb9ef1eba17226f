import type { Actor } from '../ledger/actor.ts'
import type { ChangesRef } from '../ledger/source-events.ts'
import type { TerminalAccess } from '../ledger/terminal-events.ts'
import type { Category, Text } from '../scenario/words.ts'

export interface HintState {
  /** Handle of the weakness. */
  readonly weakness: string
  readonly level: 1 | 2 | 3
  readonly text: Text | null
  /** Name of the person who took it, where it is known. */
  readonly by?: string
  readonly atMs: number
  readonly position: number
}

export interface TerminalState {
  readonly terminal: string
  readonly service: string
  /** Not a page's: somebody's own tools. */
  readonly via?: 'ssh'
  readonly by: Actor | null
  readonly sinceMs: number
  /** What colleagues of whoever opened it may do there. */
  readonly shared: TerminalAccess
  /** Instructors and colleagues who follow it, longest first. */
  readonly followers: readonly Follower[]
}

/** A public key with which people of the team log in to their services. */
export interface SshKey {
  /** As it goes over the wire, base64. */
  readonly key: string
  readonly fingerprint: string
  /** The seat in which it was registered, and which it opens. */
  readonly seatId: string
  readonly by: Extract<Actor, { readonly kind: 'seat' }>
  readonly sinceMs: number
}

/** An instructor or a colleague at a page who follows a terminal, and perhaps types in it too. */
export interface Follower {
  readonly follow: string
  readonly by: Actor | null
  readonly helping: boolean
}

/** They are of the team itself: the terminal is shared with them. */
export const isColleague = ({ by }: Pick<Follower, 'by'>): boolean =>
  by?.kind === 'seat' && by.seat === 'blue'

/** A source was saved or deleted in the editor, or the service's process restarted there: marks of one's own on a strip. */
export interface OwnEdit {
  readonly service: string
  readonly kind: 'saved' | 'deleted' | 'restarted' | 'restart-failed'
  /** Path below the sources; empty for a restart. */
  readonly file: string
  readonly by: Actor | null
  readonly atMs: number
  readonly position: number
}

/** How a team's people get at their machines, and what they did there. */
export interface TeamAccess {
  readonly terminals: readonly TerminalState[]
  /** For itself and white. */
  readonly sshKeys: readonly SshKey[]
  /** Changes of sources and restarts by the editor, oldest first, for itself and white. Bounded. */
  readonly edits: readonly OwnEdit[]
  /** What it had changed in the sources of each service when that was kept last, for itself and white. */
  readonly changes: Readonly<Record<string, ChangesRef & { readonly atMs: number }>>
}

export interface PilotAct {
  /** Handle of the weakness. */
  readonly weakness: string
  readonly action: 'fix' | 'wrong-fix' | 'undo-wrong-fix'
  readonly ok: boolean
  readonly atMs: number
  readonly handedBack?: true
}

/** What of the exercise a machine played after people had, since the instructor handed the team back. Exercise time, ms. */
export interface HandBack {
  /** People play the team, or have played it. */
  readonly taken: boolean
  /** Since when a machine plays it again; null while none does. */
  readonly sinceMs: number | null
  /** How long machines played it before that. */
  readonly playedMs: number
  /** Weaknesses that they mended. */
  readonly mended: number
}

export interface Adjustment {
  readonly category: Category
  readonly points: number
  readonly reason: string
  readonly by: Actor | null
  readonly atMs: number
  readonly position: number
}

/** How long a machine has played the team after people had, until `atMs`. Exercise time, ms. */
export const playedByMachine = ({ sinceMs, playedMs }: HandBack, atMs: number): number =>
  playedMs + (sinceMs === null ? 0 : Math.max(0, atMs - sinceMs))

/** The instructor has handed the team back, now or before. */
export const wasHandedBack = ({ sinceMs, playedMs }: HandBack): boolean => sinceMs !== null || playedMs > 0
