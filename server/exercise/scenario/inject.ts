import type { MachineAnswers } from './machine-answer.ts'
import type { Trigger } from './trigger.ts'
import type { Category, Text } from './words.ts'

/** How a message reaches people. */
export const CHANNELS = ['mail', 'phone', 'press', 'social', 'letter', 'chat'] as const
export type Channel = (typeof CHANNELS)[number]

/** What people of a team do. They sort its inbox, and lock nothing. */
export const ROLES = ['lead', 'technical', 'legal', 'communication'] as const
export type Role = (typeof ROLES)[number]

/** Categories that answers to messages earn points in. */
export const INJECT_CATEGORIES = [
  'reporting',
  'forensics',
  'strategic',
] as const satisfies readonly Category[]

/** What a situation report says, in order. */
export const SITREP_FIELDS = ['services', 'impact', 'actions', 'planned', 'needs'] as const
/** What a report on one incident says, in order. */
export const INCIDENT_FIELDS = [
  'service',
  'noticed',
  'technique',
  'indicators',
  'actions',
  'confidence',
] as const

/** What a message wants of those who get it. */
export type Expects =
  | { readonly kind: 'text'; readonly maxLength: number }
  | {
      readonly kind: 'choice'
      readonly options: readonly { readonly id: string; readonly text: Text }[]
      readonly several: boolean
      /** The right ones, where there are any; white only. */
      readonly right?: readonly string[]
    }
  | { readonly kind: 'file'; readonly types: readonly string[]; readonly maxKiB: number }
  | { readonly kind: 'sitrep' }
  /**
   * A question with one right answer. `answers`: all ways to write it, normalised, as long as there is no exercise; in one `digests` of them stand in their place, see
   * engine/platform/surprise.ts; white only. `salt`: the id of the question that they were made for, where this one was cloned from it; white only. `hints`: without words
   * for all but white, until they are taken.
   */
  | {
      readonly kind: 'question'
      readonly tries: number
      readonly hints: readonly Text[]
      readonly answers?: readonly string[]
      readonly digests?: readonly string[]
      readonly salt?: string
    }

/** One thing that an answer is graded by, worth `points` relative to the others. */
export interface Criterion {
  readonly id: string
  readonly title: Text
  readonly points: number
  /** What earns how much, in words; white only. */
  readonly anchors?: readonly { readonly points: number; readonly text: Text }[]
}

/** A file that comes with a message or an answer. Its content is kept beside the ledger, under its hash. */
export interface FileRef {
  readonly name: string
  /** A media type, e.g. `image/png`. */
  readonly type: string
  readonly bytes: number
  /** In hex, of the content. */
  readonly sha256: string
}

/** What a message says, and what it is worth, when it comes: all that a viewer without the timeline must know of it. */
export interface InjectInfo {
  /** Number in the list of events of the exercise (MSEL). */
  readonly number: number
  readonly title: Text
  readonly text: Text
  /** Who writes, in the story. */
  readonly from: Text
  readonly channel: Channel
  /** Whom in the team it concerns; empty: everybody. */
  readonly roles: readonly Role[]
  /** null: it is a notice. */
  readonly expects: Expects | null
  readonly rubric: readonly Criterion[]
  readonly attachments: readonly FileRef[]
  /** The category that its answer earns points in; null when it counts nowhere. */
  readonly category: Category | null
  readonly weight: number
  /** Sum of the weights of the messages of its category that stand before it: its share of the points follows from it. */
  readonly weightBefore: number
  /** The instructor added it to the exercise, so that its weight is not among those of the scenario. */
  readonly added?: true
  /** White wants to know that somebody has read it. */
  readonly wantsRead?: true
  /** For white alone: what the team is expected to do, and what the controller should know. */
  readonly expectedAction?: Text
  readonly note?: Text
}

/** A message of the timeline to people. */
export interface Inject extends InjectInfo {
  readonly id: string
  readonly trigger: Trigger
  /** So far the moment was moved, either way, when the exercise was created. ms */
  readonly jitterMs?: number
  /** How long after it came an answer is in time, ms of exercise time; null: there is no hurry. */
  readonly withinMs: number | null
  /** null: to all. */
  readonly teams: readonly string[] | null
  /** What the exercise is for, as far as this tests it. */
  readonly objectives: readonly string[]
  /** What machine-played teams answer; where it does not say, they say what they know. White only. */
  readonly pilots?: MachineAnswers
}

/** What a world event does to services: their machines stand still, are much slower, or have no network. */
export const WORLD_EFFECTS = ['stop', 'slow', 'cut-off'] as const
export type WorldEffect = (typeof WORLD_EFFECTS)[number]

/** What is known of a world event when it comes: it is no secret from anybody. */
export interface WorldInfo {
  readonly number: number
  readonly title: Text
  /** What everybody is told. */
  readonly publicText: Text
  readonly effect: WorldEffect
  readonly services: readonly string[]
}

/** Something that happens to the range and is nobody's doing: a power cut, a maintenance. */
export interface WorldEvent extends WorldInfo {
  readonly id: string
  readonly trigger: Trigger
  /** So far the moment was moved, either way, when the exercise was created. ms */
  readonly jitterMs?: number
  readonly forMs: number
  readonly teams: readonly string[] | null
  readonly objectives: readonly string[]
}

/** What the exercise is for. */
export interface Objective {
  readonly id: string
  readonly title: Text
}
