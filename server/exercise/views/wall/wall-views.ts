import type { Channel } from '../../scenario/inject.ts'
import type { StrainCause } from '../../scenario/strain.ts'
import type { Text } from '../../scenario/words.ts'

/** Attacks that landed, or repairs, at about one moment of the curve. */
export interface MarkView {
  readonly kind: 'attack' | 'repair'
  readonly atMs: number
  readonly services: readonly string[]
  readonly teams: readonly string[]
}

/** A message to people that wants an answer, while teams still have time for it. What it says is theirs. */
export interface AskedView {
  readonly inject: string
  readonly channel: Channel
  /** Teams that have it and have not answered, and how many have it. */
  readonly open: readonly string[]
  readonly sent: number
  /** The first deadline of those; null: there is no hurry. ms */
  readonly dueMs: number | null
}

/** How far what is shown can be trusted. `late`: the exercise's own machine is overloaded. `blind`: most services can not be looked at. Exercise time, ms. */
export interface HealthView {
  readonly state: 'well' | 'late' | 'blind' | 'away'
  /** Countries whose machine does not answer; none where all do. */
  readonly away?: number
  readonly sinceMs: number
  readonly cause: StrainCause
  /** Each service is looked at once in so long. */
  readonly everyMs: number
}

/** Data that attackers have taken, of one kind from one service. */
export interface TakenKind {
  readonly service: string
  readonly what: Text
  /** In all countries together; of each country once, however often it was taken there. */
  readonly people: number
  readonly teams: readonly string[]
  /** When it was taken first, ms of exercise time. */
  readonly sinceMs: number
  /** Teams where attackers can still take it. */
  readonly open: readonly string[]
}

/** Whether people can do what they want to do, over all countries. */
export interface LifeView {
  readonly id: string
  readonly title: Text
  /** Teams in whose country it can not be done; where it is slow; where nothing is known. */
  readonly out: readonly string[]
  readonly slow: readonly string[]
  readonly unknown: readonly string[]
  /** Teams where it works, and attackers are inside a service that it takes. */
  readonly leaks: readonly string[]
  readonly teams: number
  /** Since when the first of those that are `out`, or else slow, or else leak, are so; null where all is well. ms */
  readonly sinceMs: number | null
  /** Services that other services of it fail for, where that is why. */
  readonly because: readonly string[]
}

export interface CurvePoint {
  readonly atMs: number
  readonly people: number
}

/** When all is normal again, judged by how long the same took before. */
export interface ExpectedView {
  readonly state: 'normal' | 'expected' | 'unknown'
  /** From now on, in ms; 0 unless it is `expected`. */
  readonly ms: number
  /** By so many repairs. */
  readonly by: number
  /** Teams in whose country nothing is out and no attacker is inside. */
  readonly normal: number
  readonly teams: number
}
