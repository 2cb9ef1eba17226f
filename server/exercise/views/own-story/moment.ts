import type { Actor } from '../../ledger/actor.ts'
import type { Text } from '../../scenario/words.ts'
import type { ScoreLine } from '../../scoring/score.ts'

/** What a team's own story is made of, as a reader may filter it. */
export const MOMENT_KINDS = [
  'attack',
  'message',
  'report',
  'service',
  'citizen',
  'people',
  'score',
  'exercise',
] as const
export type MomentKind = (typeof MOMENT_KINDS)[number]

/** Viewers prefix it `moment.`. */
export const MOMENT_CODES = [
  ...(['attack.landed', 'attack.blocked', 'attack.outage', 'attack.closed', 'attack.restored'] as const),
  ...(['inject.sent', 'inject.answered', 'inject.late', 'inject.amended', 'inject.amended-late'] as const),
  ...(['inject.unanswered', 'inject.graded', 'question.right', 'question.wrong', 'question.hint'] as const),
  ...(['report.filed', 'report.amended', 'report.graded', 'report.false', 'report.none'] as const),
  ...(['appeal.made', 'appeal.upheld', 'appeal.changed'] as const),
  ...(['service.up', 'service.slow', 'service.broken', 'service.down'] as const),
  ...(['service.restart', 'service.revert', 'world.began', 'world.ended'] as const),
  ...(['citizen.complained', 'citizen.answered', 'citizen.solved'] as const),
  ...(['tutor.said', 'handover.written', 'hint.taken', 'score.adjusted'] as const),
  ...(['exercise.paused', 'exercise.resumed', 'exercise.skipped', 'exercise.phase'] as const),
] as const
export type MomentCode = (typeof MOMENT_CODES)[number]

/** Something that has happened to a team or that it did. */
export interface Moment {
  /** Unlike that of any other of the team. */
  readonly id: string
  /** Exercise time, ms. */
  readonly atMs: number
  /** Of its event, where there is one: moments at the same time stand in this order. */
  readonly position: number
  readonly kind: MomentKind
  readonly code: MomentCode
  readonly tone: 'good' | 'bad' | 'warning' | 'neutral'
  readonly service: string | null
  /** Of what it is about: an attack, a message, what a citizen wanted. */
  readonly title: Text | null
  /** What was written, in the writer's own words or the scenario's; null where nothing was, or it is read elsewhere. */
  readonly said: Text | string | null
  readonly params: Readonly<Record<string, string | number>>
  /** Who did it, where that is known. */
  readonly by: Actor | null
  /** Positions of the events that lines of the score may name for it. */
  readonly events: readonly number[]
}

/** A moment with the lines of the score that it decided. */
export interface ScoredMoment extends Moment {
  readonly lines: readonly ScoreLine[]
}

type Needed = Pick<Moment, 'id' | 'atMs' | 'kind' | 'code'>

/** A moment of which most is not to be said. */
export const moment = (needed: Needed, more: Partial<Moment> = {}): Moment => ({
  position: more.events?.[0] ?? 0,
  tone: 'neutral',
  service: null,
  title: null,
  said: null,
  params: {},
  by: null,
  events: [],
  ...needed,
  ...more,
})
