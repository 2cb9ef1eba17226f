import type { Actor } from '../ledger/actor.ts'
import type { AnswerContent } from '../ledger/answer.ts'
import type { InjectInfo } from '../scenario/inject.ts'
import type { Text } from '../scenario/words.ts'

/** One version of an answer; all stay. */
export interface AnswerVersion {
  readonly atMs: number
  /** null for those who may not read it. */
  readonly content: AnswerContent | null
  readonly by: Actor | null
  readonly position: number
}

/** What somebody who grades says of an answer. */
export interface Grade {
  /** Part of the points that it earns, 0..1. */
  readonly share: number
  /** Points by criterion; empty for those who may not know. */
  readonly criteria: Readonly<Record<string, number>>
  readonly comment: string
  /** It stands, whatever others say. */
  readonly final: boolean
  /** Number of the grader among those of this answer; 0: the platform. */
  readonly grader: number
  readonly by: Actor | null
  readonly atMs: number
  readonly position: number
}

/** One field of an answer in the making, as it was written last. */
export interface DraftField {
  readonly field: string
  readonly text: string
  readonly by: Actor | null
  readonly atMs: number
  /** How often it was saved. */
  readonly version: number
  /** What others wrote there before, newest last. Bounded. */
  readonly earlier: readonly { readonly text: string; readonly by: Actor | null; readonly atMs: number }[]
}

/** A message of the timeline that came to a team, and what became of it. Times in ms of exercise time. */
export interface InjectState {
  readonly inject: string
  readonly info: InjectInfo
  readonly sentMs: number
  readonly deadlineMs: number | null
  /** When somebody of the team first read it. */
  readonly readMs: number | null
  readonly position: number
  readonly answers: readonly AnswerVersion[]
  readonly grades: readonly Grade[]
  readonly draft: readonly DraftField[]
  /** Of a question. */
  readonly tries: readonly QuestionTry[]
  readonly hints: readonly QuestionHint[]
}

/** What somebody of a team thought the answer to a question was. */
export interface QuestionTry {
  readonly right: boolean
  /** There is none left. */
  readonly last: boolean
  /** Empty for those who may not read it. */
  readonly text: string
  readonly by: Actor | null
  readonly atMs: number
  readonly position: number
}

/** A hint of a question that a team took. */
export interface QuestionHint {
  readonly level: number
  /** null for those who may not read it. */
  readonly text: Text | null
  readonly atMs: number
  readonly position: number
}

/** [SC20] The version that is graded: the last one that came in time, or the last one. Undefined while there is none. */
export const gradedVersion = ({ answers, deadlineMs }: InjectState): AnswerVersion | undefined =>
  answers.findLast(({ atMs }) => deadlineMs === null || atMs <= deadlineMs) ?? answers.at(-1)

/** [SC20] Whether whoever saw so many versions saw the one that is graded now: what came since and does not count changes nothing. */
export const sawGraded = (sent: InjectState, seen: number): boolean =>
  seen <= sent.answers.length &&
  gradedVersion({ ...sent, answers: sent.answers.slice(0, seen) }) === gradedVersion(sent)

/** [SC20] Whether an answer at this moment is late. The deadline itself is in time. */
export const isLate = ({ deadlineMs }: Pick<InjectState, 'deadlineMs'>, atMs: number): boolean =>
  deadlineMs !== null && atMs > deadlineMs

/**
 * [SC21] What all who graded say together: the last word of white where there is one that is final, else the mean of each one's last. Null before anybody graded. The
 * order in which they came changes nothing but which is the last of one and the same grader.
 */
export function gradeOf(
  grades: readonly Grade[],
): { readonly share: number; readonly by: readonly number[] } | null {
  const final = grades.findLast((grade) => grade.final)
  if (final) return { share: final.share, by: [final.position] }
  if (grades.length === 0) return null
  const share = grades.reduce((sum, grade) => sum + grade.share, 0) / grades.length
  return { share, by: grades.map(({ position }) => position) }
}

/** The number of a grader among those of an answer: the person's, where it is known, else the seat's; the next one for somebody new. */
export function graderNumber(grades: readonly Grade[], by: Actor): number {
  const known = grades.find((grade) => grade.by && sameGrader(grade.by, by))
  return known?.grader ?? Math.max(0, ...grades.map(({ grader }) => grader)) + 1
}

const sameGrader = (a: Actor, b: Actor): boolean =>
  a.kind === 'seat' && b.kind === 'seat' && a.seatId === b.seatId && (a.name ?? '') === (b.name ?? '')
