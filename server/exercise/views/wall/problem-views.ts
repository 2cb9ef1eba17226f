import type { Text } from '../../scenario/words.ts'

/** What becomes of a problem, in order. */
export const STAGES = ['noticed', 'cause-found', 'mending', 'confirmed'] as const
export type Stage = (typeof STAGES)[number]

/** How far a stage is reached: when in the first country, and in how many. Null and 0 where nothing public says so. Exercise time, ms. */
export interface StageView {
  readonly firstMs: number | null
  readonly teams: number
}

/**
 * Why it is so, as far as everybody knows: attackers are inside; the service's machine stands still; it answers, and does not do its work; it gives no answer; it is over, and how it failed does not matter any longer.
 */
export type ProblemCause = 'attack' | 'stopped' | 'fails' | 'silent' | 'over'

/** Something that is wrong in one or more countries, or was until a moment ago: an attack that landed, or an outage. [NV5] */
export interface ProblemView {
  readonly id: string
  readonly cause: ProblemCause
  readonly service: string
  /** What somebody can do there who should not, for the public; null of an outage. */
  readonly what: Text | null
  /** When it began in the first of the countries where it still stands, or (of one that is over) in the first of all. ms */
  readonly sinceMs: number
  /** Countries where it stands, and where it has stood. */
  readonly open: readonly string[]
  readonly hit: readonly string[]
  /** People of those countries who can not do something for want of the service, and of what fails with it. */
  readonly people: number
  /** The service itself can not be used in so many of them. */
  readonly out: number
  readonly dependents: readonly string[]
  readonly taken: { readonly what: Text; readonly people: number } | null
  readonly stages: Readonly<Record<Stage, StageView>>
  /** Who was done first, and how long that took. ms */
  readonly fastest: { readonly team: string; readonly ms: number } | null
  /** How much longer it will take, judged by how long others took over the same; null where that can not be said. ms */
  readonly expected: { readonly ms: number; readonly by: number } | null
  /** When it was over everywhere; null while it is not. ms */
  readonly solvedMs: number | null
}
