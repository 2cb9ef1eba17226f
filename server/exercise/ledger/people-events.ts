import type { InjectInfo } from '../scenario/inject.ts'
import type { ReportCriterion, ReportFields, ReportMatch, ReportReason } from '../scenario/report.ts'
import type { Text } from '../scenario/words.ts'
import type { Actor } from './actor.ts'
import type { AnswerContent } from './answer.ts'
import type { WorkSubject } from './work.ts'

/** Facts of what people write and ask. */
export interface PeoplePayloads {
  /** A message of the timeline came to a team's people. `info`: what it says, cut to what the audience may know. */
  'inject.sent': {
    readonly team: string
    readonly inject: string
    readonly info: InjectInfo
    /** Until when an answer is in time, ms of exercise time. */
    readonly deadlineMs: number | null
  }
  /** Somebody of the team read it for the first time. */
  'inject.read': { readonly team: string; readonly inject: string; readonly by: Actor | null }
  /** A version of an answer; all stay. `content` is null for those who may not read it. */
  'inject.answered': {
    readonly team: string
    readonly inject: string
    readonly content: AnswerContent | null
    readonly by: Actor | null
  }
  /** Part of its points that an answer earns, 0..1, by those who grade; `criteria`: points by criterion. `final`: it stands, whatever others say. */
  'inject.graded': {
    readonly team: string
    readonly inject: string
    readonly share: number
    readonly criteria: Readonly<Record<string, number>>
    readonly comment: string
    readonly final: boolean
    /** Number of the grader among those of this answer, from 1: tells them apart for those who may not know who they are. 0: the platform. */
    readonly grader: number
    readonly by: Actor | null
  }
  /** A field of an answer in the making was saved. */
  'draft.saved': {
    readonly team: string
    readonly inject: string
    readonly field: string
    readonly text: string
    readonly by: Actor | null
  }
  /** Somebody of a team tried to answer a question. `n`: its try, from 1. `last`: there is none left. `text` is empty for those who may not read it. */
  'question.tried': {
    readonly team: string
    readonly inject: string
    readonly n: number
    readonly right: boolean
    readonly last: boolean
    readonly text: string
    readonly by: Actor | null
  }
  /** A team took a hint of a question, from 1. `text`: only for the team itself and white. */
  'question.hint-taken': {
    readonly team: string
    readonly inject: string
    readonly level: number
    readonly text?: Text
    readonly by: Actor | null
  }
  /** A version of a report on an incident, filed by a team of its own accord; all stay. `fields` is null for those who may not read it. */
  'report.filed': {
    readonly team: string
    readonly report: string
    readonly fields: ReportFields | null
    readonly by: Actor | null
  }
  /** A field of a report in the making was saved. */
  'report.drafted': {
    readonly team: string
    readonly report: string
    readonly field: string
    readonly text: string
    readonly by: Actor | null
  }
  /** A report that was never filed was thrown away. */
  'report.discarded': { readonly team: string; readonly report: string; readonly by: Actor | null }
  /**
   * What somebody who grades says of a report: what it was about, and which part of the points for that it earns, 0..1. `criteria`: points of 100 by criterion, with `reasons` where
   * they are the platform's own. `final` and `grader` as of `inject.graded`.
   */
  'report.graded': {
    readonly team: string
    readonly report: string
    readonly match: ReportMatch
    readonly share: number
    readonly criteria: Readonly<Partial<Record<ReportCriterion, number>>>
    readonly reasons: Readonly<Partial<Record<ReportCriterion, ReportReason>>>
    readonly comment: string
    readonly final: boolean
    readonly grader: number
    readonly by: Actor | null
  }
  /** A team disagrees with a grade or a line of its score. */
  'appeal.made': {
    readonly team: string
    readonly appeal: string
    readonly subject: AppealSubject
    readonly text: string
    readonly by: Actor | null
  }
  /** White's answer. `upheld`: all stays as it was. `changed`: something was set right, by a grade or an adjustment of its own. */
  'appeal.answered': {
    readonly team: string
    readonly appeal: string
    readonly text: string
    readonly outcome: AppealOutcome
    readonly by: Actor | null
  }
  /** Somebody of a team works on something; whoever did so before no longer does. */
  'work.claimed': { readonly team: string; readonly subject: WorkSubject; readonly by: Actor | null }
  /** Nobody works on it any more. */
  'work.released': { readonly team: string; readonly subject: WorkSubject; readonly by: Actor | null }
  /** What a shift tells the next one. */
  'handover.written': { readonly team: string; readonly text: string; readonly by: Actor | null }
}

/** What an appeal is about: a message or report of the team that was graded, or a line of its score. */
export const APPEAL_KINDS = ['inject', 'report', 'line'] as const
export interface AppealSubject {
  readonly kind: (typeof APPEAL_KINDS)[number]
  readonly id: string
}

export const APPEAL_OUTCOMES = ['upheld', 'changed'] as const
export type AppealOutcome = (typeof APPEAL_OUTCOMES)[number]
