import { type AppealState, appealsOn } from '../fold/appeal-state.ts'
import {
  filedReports,
  isDiscarded,
  type ReportState,
  type ReportVerdict,
  verdictOf,
} from '../fold/report-state.ts'
import { type State, teamOf } from '../fold/state.ts'
import { insider } from '../ledger/audience.ts'
import type { AppealSubject } from '../ledger/people-events.ts'
import type { Audience } from '../scenario/model.ts'

/** A report as its team sees it. */
export interface ReportView extends ReportState {
  /** What those who graded say together; null before anybody did. */
  readonly verdict: ReportVerdict | null
  /** It is of the same attack as this earlier one, and counts no more. */
  readonly duplicateOf: string | null
}

/** A team's reports: those in the making first, then the latest filed; for white and the team itself. */
export function reportViews(state: State, team: string, audience: Audience): readonly ReportView[] {
  const known = insider(audience, team) ? teamOf(state, team) : undefined
  if (!known) return []
  const filed = filedReports(known.reports).map((report) => ({
    ...report,
    verdict: verdictOf(report.grades),
  }))
  // After the end nobody writes any more: where nothing was written there is nothing to read.
  const begun = known.reports.filter(
    (one) =>
      one.versions.length === 0 &&
      !isDiscarded(one) &&
      (state.phase !== 'ended' || one.draft.some(({ text }) => text.trim() !== '')),
  )
  return [
    ...begun.map((report) => ({ ...report, verdict: null, duplicateOf: null })),
    ...filed
      .map((report, place) => ({
        ...report,
        grades:
          audience.seat === 'white' ? report.grades : report.grades.map((one) => ({ ...one, by: null })),
        duplicateOf:
          (typeof report.verdict?.match === 'string' &&
            filed.slice(0, place).find(({ verdict }) => verdict?.match === report.verdict?.match)?.report) ||
          null,
      }))
      .toReversed(),
  ]
}

/** A team's appeals on a subject, oldest first; for white and the team itself. */
export function appealViews(
  state: State,
  team: string,
  subject: AppealSubject,
  audience: Audience,
): readonly AppealState[] {
  if (!insider(audience, team)) return []
  return appealsOn(teamOf(state, team)?.appeals ?? [], subject).map((appeal) => withoutName(appeal, audience))
}

function withoutName(appeal: AppealState, audience: Audience): AppealState {
  if (audience.seat === 'white' || !appeal.answer) return appeal
  return { ...appeal, answer: { ...appeal.answer, by: null } }
}
