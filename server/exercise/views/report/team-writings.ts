import { gradeOf } from '../../fold/inject-state.ts'
import type { State } from '../../fold/state.ts'
import type { Text } from '../../scenario/words.ts'
import { inboxView } from '../inbox-view.ts'
import { reportViews } from '../report-views.ts'

/** A report of an incident, or an answer to a message, with what those who graded it said. */
export interface TeamWriting {
  readonly kind: 'report' | 'inject'
  readonly id: string
  /** Of a message; null of a report. */
  readonly title: Text | null
  readonly service: string | null
  readonly atMs: number
  /** Of the points for it, 0..1; null while nobody has graded it. */
  readonly share: number | null
  readonly late: boolean
  /** A report of something that never happened. */
  readonly wrong: boolean
  readonly comments: readonly string[]
}

/** What a team wrote and what it was graded, oldest first. Who graded it is not in it. */
export function writingsOf(state: State, atMs: number, id: string): readonly TeamWriting[] {
  const audience = { seat: 'blue', team: id } as const
  const said = (grades: readonly { readonly comment: string }[]) =>
    grades.flatMap(({ comment }) => (comment.trim() === '' ? [] : comment.trim()))
  const reports = reportViews(state, id, audience)
    .filter(({ versions }) => versions.length > 0)
    .map(
      (report): TeamWriting => ({
        kind: 'report',
        id: report.report,
        title: null,
        service: report.versions.at(-1)?.fields?.service ?? null,
        atMs: report.versions[0]?.atMs ?? 0,
        share: report.verdict?.share ?? null,
        late: false,
        wrong: report.verdict?.match === false,
        comments: said(report.grades),
      }),
    )
  const answers = inboxView(state, atMs, id, audience)
    .filter(({ answers: versions, grades }) => versions.length > 0 || grades.length > 0)
    .map(
      (sent): TeamWriting => ({
        kind: 'inject',
        id: sent.inject,
        title: sent.info.title,
        service: null,
        atMs: sent.answers[0]?.atMs ?? sent.sentMs,
        share: gradeOf(sent.grades)?.share ?? null,
        late: sent.late,
        wrong: false,
        comments: said(sent.grades),
      }),
    )
  return [...reports, ...answers].toSorted((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1))
}
