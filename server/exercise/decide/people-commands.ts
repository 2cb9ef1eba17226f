import type { AnswerContent } from '../ledger/answer.ts'
import type { AppealOutcome, AppealSubject } from '../ledger/people-events.ts'
import type { WorkSubject } from '../ledger/work.ts'
import type { ReportFields, ReportMatch } from '../scenario/report.ts'

/** What people write, ask and grade. */
export interface PeopleCommands {
  'send-inject': { readonly team: string; readonly inject: string }
  'read-inject': { readonly team: string; readonly inject: string }
  /** `seen`: how many versions of the answer the one who answers has seen. */
  'answer-inject': {
    readonly team: string
    readonly inject: string
    readonly content: AnswerContent
    readonly seen: number
  }
  /** A field of an answer in the making; the last write of it stands, what others wrote before is kept. */
  'save-draft': {
    readonly team: string
    readonly inject: string
    readonly field: string
    readonly text: string
  }
  /** `criteria`: points by criterion of the rubric. `seen`: how many versions of the answer the grader has seen. */
  'grade-inject': {
    readonly team: string
    readonly inject: string
    readonly criteria: Readonly<Record<string, number>>
    readonly comment: string
    readonly final: boolean
    readonly seen: number
  }
  /** `digest`: of the text as it is compared, added by the engine; nobody else can. `seen`: how many tries of the team whoever tries has seen. */
  'try-question': {
    readonly team: string
    readonly inject: string
    readonly text: string
    readonly seen: number
    readonly digest?: string
  }
  /** `level`: the one that was offered, from 1. */
  'take-question-hint': { readonly team: string; readonly inject: string; readonly level: number }
  /** A new report, under the next free number, or another version of one. `seen`: how many versions of it whoever files it has seen. */
  'file-report': {
    readonly team: string
    readonly report: string
    readonly fields: ReportFields
    readonly seen: number
  }
  'save-report-draft': {
    readonly team: string
    readonly report: string
    readonly field: string
    readonly text: string
  }
  /** What is being written, of a report that was never filed, is thrown away; its number is free again. */
  'discard-report-draft': { readonly team: string; readonly report: string }
  /** `criteria`: points of 100 by criterion; none where the report is of no attack. `seen`: how many versions the grader has seen. */
  'grade-report': {
    readonly team: string
    readonly report: string
    readonly match: ReportMatch
    readonly criteria: Readonly<Record<string, number>>
    readonly comment: string
    readonly final: boolean
    readonly seen: number
  }
  /** `seen`: number of the claim that the one who asks has seen, 0 for none. Anybody of the team may take it over. */
  'claim-work': { readonly team: string; readonly subject: WorkSubject; readonly seen: number }
  'release-work': { readonly team: string; readonly subject: WorkSubject; readonly seen: number }
  /** `seen`: how many notes the one who writes has seen. */
  'write-handover': { readonly team: string; readonly text: string; readonly seen: number }
  'make-appeal': { readonly team: string; readonly subject: AppealSubject; readonly text: string }
  'answer-appeal': {
    readonly team: string
    readonly appeal: string
    readonly text: string
    readonly outcome: AppealOutcome
  }
}
