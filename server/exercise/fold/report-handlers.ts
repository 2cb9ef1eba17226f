import type { RecordedOf } from '../ledger/events.ts'
import type { Draft } from './draft.ts'
import { appealAnswered, appealMade } from './evolve-appeal.ts'
import { questionHintTaken, questionTried } from './evolve-question.ts'
import { reportDiscarded, reportDrafted, reportFiled, reportGraded } from './evolve-report.ts'

type Told =
  | 'question.tried'
  | 'question.hint-taken'
  | 'report.filed'
  | 'report.drafted'
  | 'report.discarded'
  | 'report.graded'
  | 'appeal.made'
  | 'appeal.answered'

/** What folds reports of incidents, tries at questions, and appeals. */
export const reportHandlers: { readonly [T in Told]: (draft: Draft, event: RecordedOf<T>) => void } = {
  'question.tried': questionTried,
  'question.hint-taken': questionHintTaken,
  'report.filed': reportFiled,
  'report.drafted': reportDrafted,
  'report.discarded': reportDiscarded,
  'report.graded': reportGraded,
  'appeal.made': appealMade,
  'appeal.answered': appealAnswered,
}
