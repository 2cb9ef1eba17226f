import type { Criterion, Inject, Role } from './inject.ts'
import type { Attack } from './model.ts'
import type { Text } from './words.ts'

/** What the words and addressees of an entry become; what is left out stays. */
export interface EntryEdit {
  readonly title?: Text
  readonly text?: Text
  /** How long after it comes an answer is in time, ms of exercise time; null: there is no hurry. */
  readonly withinMs?: number | null
  /** null: to all. */
  readonly teams?: readonly string[] | null
  readonly roles?: readonly Role[]
  /** Of a message that nobody has got: what its answer is graded by. Since version 2 of `entry.changed`. */
  readonly rubric?: readonly Criterion[]
}

/** What the instructor does to an entry of the timeline that has not come. */
export type EntryChange =
  /** It does not come until it is released or fired. */
  | { readonly kind: 'hold' }
  | { readonly kind: 'release' }
  /** Later by so many ms of exercise time, or sooner where that is negative. Adds up. */
  | { readonly kind: 'move'; readonly byMs: number }
  /** It does not come, until it is restored. */
  | { readonly kind: 'cancel' }
  | { readonly kind: 'restore' }
  | ({ readonly kind: 'edit' } & EntryEdit)

/** An entry that the instructor added while the exercise stood: it is not in the scenario's file, and its weight not among those of the scenario. */
export type AddedEntry =
  | { readonly kind: 'inject'; readonly inject: Inject }
  | { readonly kind: 'attack'; readonly attack: Attack }
