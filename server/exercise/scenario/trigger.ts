import type { Verdict } from './words.ts'

/** How an attack must have come out for what waits for it. `open`: it landed, and its foothold is still there. `concluded`: any way, also void. */
export const OUTCOMES = ['landed', 'open', 'blocked', 'concluded'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** The same of a message to people: it came, it was answered (in time or not), its time was over without an answer, its answer was graded. */
export const MESSAGE_OUTCOMES = ['sent', 'answered', 'unanswered', 'graded'] as const
export type MessageOutcome = (typeof MESSAGE_OUTCOMES)[number]

/** Of a tutor's note: the team was told. */
export const NOTE_OUTCOMES = ['said'] as const
export type NoteOutcome = (typeof NOTE_OUTCOMES)[number]

/** Of a world event: it happens to the team; it was undone, and what it hit is back. */
export const WORLD_OUTCOMES = ['began', 'ended'] as const
export type WorldOutcome = (typeof WORLD_OUTCOMES)[number]

/** What an entry may wait for to have come out in some way. */
export type After =
  | { readonly kind: 'attack'; readonly id: string; readonly outcome: Outcome }
  | { readonly kind: 'inject'; readonly id: string; readonly outcome: MessageOutcome }
  | { readonly kind: 'note'; readonly id: string; readonly outcome: NoteOutcome }
  | { readonly kind: 'world'; readonly id: string; readonly outcome: WorldOutcome }

/** What a report of an incident is to be about: an attack, a service, or (where neither is said) anything. */
export interface ReportAbout {
  readonly attack?: string
  readonly service?: string
}

/**
 * Something that is so or is not, of a team. `not` of a condition is so since the condition is not; of a score nobody knows since when it is
 * what it is, so that it counts from the moment of asking.
 */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** A service's verdict is one of these; with `journey`, that journey's own. */
  | {
      readonly kind: 'verdict'
      readonly service: string
      readonly journey?: string
      readonly is: readonly Verdict[]
    }
  /** An attack (any, where it is not named) landed, and its foothold is still there. */
  | { readonly kind: 'foothold'; readonly attack?: string }
  | { readonly kind: 'came-out'; readonly after: After }
  /** The team has filed a report of an incident. Of an attack: by those who grade, or by what the platform proposes while nobody has; of a service: as the team wrote. */
  | ({ readonly kind: 'report' } & ReportAbout)
  /** The team's share of the points possible so far is below, or not below, this one; 0..1. */
  | { readonly kind: 'score'; readonly below: number }
  | { readonly kind: 'phase'; readonly phase: string }

/** When an entry of the timeline comes. Durations in ms of exercise time. */
export type Trigger =
  /** The same moment for all teams; in an exercise jitter is applied already. */
  | { readonly kind: 'at'; readonly atMs: number }
  /** So long after another entry came out so for the team. */
  | { readonly kind: 'after'; readonly after: After; readonly delayMs: number }
  /** When a condition has been so for `forMs`: for each team by itself, or for all as soon as it is so of one. */
  | { readonly kind: 'when'; readonly when: Condition; readonly forMs: number; readonly once: 'team' | 'all' }
  /** When the instructor says so. */
  | { readonly kind: 'manual' }

export const at = (atMs: number): Trigger => ({ kind: 'at', atMs })

/** The moment that a trigger names by itself; null when it depends on what happens. */
export const fixedMs = (trigger: Trigger): number | null => (trigger.kind === 'at' ? trigger.atMs : null)

/** In the order of the moments that are known; what waits for something stands after what does not. */
export const byMoment = (a: { readonly trigger: Trigger }, b: { readonly trigger: Trigger }): number =>
  (fixedMs(a.trigger) ?? Number.MAX_SAFE_INTEGER) - (fixedMs(b.trigger) ?? Number.MAX_SAFE_INTEGER)

/** Kinds of entries of the timeline that have a trigger. */
export const ENTRY_KINDS = ['attack', 'inject', 'note', 'phase', 'world'] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]

/** An entry of the timeline by its kind and the id that it has among those. */
export interface EntryRef {
  readonly kind: EntryKind
  readonly id: string
}
