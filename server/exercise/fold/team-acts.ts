import type { Actor } from '../ledger/actor.ts'
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
  readonly by: Actor | null
  readonly sinceMs: number
  /** Instructors who follow it, longest first. */
  readonly followers: readonly Follower[]
}

/** An instructor at a page who follows a terminal, and perhaps types in it too. */
export interface Follower {
  readonly follow: string
  readonly by: Actor | null
  readonly helping: boolean
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
