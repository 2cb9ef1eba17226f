import type { Actor } from '../ledger/actor.ts'
import { clockMs, clockText } from '../scenario/clock-text.ts'
import type { ReportCriterion, ReportFields, ReportMatch, ReportReason } from '../scenario/report.ts'
import type { DraftField, Grade } from './inject-state.ts'

/** One version of a report; all stay. */
export interface ReportVersion {
  readonly atMs: number
  /** null for those who may not read it. */
  readonly fields: ReportFields | null
  readonly by: Actor | null
  readonly position: number
}

/** What somebody who grades says of a report. `share` is of the points for what it matches. */
export interface ReportGrade extends Omit<Grade, 'criteria'> {
  readonly match: ReportMatch
  readonly criteria: Readonly<Partial<Record<ReportCriterion, number>>>
  readonly reasons: Readonly<Partial<Record<ReportCriterion, ReportReason>>>
}

/** A report of an incident. Without a version it is in the making. */
export interface ReportState {
  /** `R1`, `R2` ... within its team. */
  readonly report: string
  readonly versions: readonly ReportVersion[]
  readonly grades: readonly ReportGrade[]
  readonly draft: readonly DraftField[]
  /** How often what was being written of it was thrown away. */
  readonly discards?: number
  /** Attacks that those who grade once said that it was of, each with when they last did. */
  readonly was?: readonly { readonly attack: string; readonly untilMs: number }[]
}

/** Whether a report was thrown away: its number is free for the next one. */
export const isDiscarded = ({ versions, draft, discards = 0 }: ReportState): boolean =>
  discards > 0 && versions.length === 0 && draft.length === 0

/** The number under which a team's next report stands. */
export const nextReport = (reports: readonly ReportState[]): string =>
  reports.find(isDiscarded)?.report ?? `R${reports.length + 1}`

/** Whether what was filed says what the field of the draft says, however that is written. */
export function saysFiled({ field, text }: Pick<DraftField, 'field' | 'text'>, filed: ReportFields): boolean {
  const written = text.trim()
  switch (field) {
    case 'noticed':
      return clockMs(clockText(filed.noticedMs)) === clockMs(written)
    case 'technique':
      return filed.technique === written.toUpperCase()
    case 'service':
    case 'indicators':
    case 'actions':
    case 'confidence':
      return filed[field] === written
    default:
      return false
  }
}

/** What all who graded a report say together. */
export interface ReportVerdict {
  readonly match: ReportMatch
  readonly share: number
  /** Positions of the grades that it follows from. */
  readonly by: readonly number[]
}

/**
 * [SC22] What all who graded a report say together: the last final word where there is one; else what most say that it was about (of equally many, an attack goes before no attack, and that before
 * something that never happened), with the mean of their shares, in which whoever says otherwise counts as nothing. Null before anybody graded. Their order changes nothing.
 */
export function verdictOf(grades: readonly ReportGrade[]): ReportVerdict | null {
  const final = grades.findLast((grade) => grade.final)
  if (final) return { match: final.match, share: final.share, by: [final.position] }
  if (grades.length === 0) return null
  const votes = new Map<ReportMatch, number>()
  for (const { match } of grades) votes.set(match, (votes.get(match) ?? 0) + 1)
  const [[match] = [null]] = [...votes].toSorted(
    ([a, n], [b, m]) => m - n || rank(a) - rank(b) || (String(a) < String(b) ? -1 : 1),
  )
  const share =
    grades.reduce((sum, grade) => sum + (grade.match === match ? grade.share : 0), 0) / grades.length
  return { match, share, by: grades.map(({ position }) => position).toSorted((a, b) => a - b) }
}

const rank = (match: ReportMatch): number => (typeof match === 'string' ? 0 : match === null ? 1 : 2)

/** When a report was first filed as one that can be about something that began at `fromMs`; null where every version is older. Exercise time, ms. */
export const reportedMs = ({ versions }: Pick<ReportState, 'versions'>, fromMs: number): number | null =>
  versions.find(({ atMs }) => atMs >= fromMs)?.atMs ?? null

/** [SC22] The version that is judged against something that is to be reported until `untilMs`: the last one of those in time, or the last one. */
export const judgedVersion = (
  { versions }: Pick<ReportState, 'versions'>,
  untilMs: number,
): ReportVersion | undefined => versions.findLast(({ atMs }) => atMs <= untilMs) ?? versions.at(-1)

/** Reports that were filed, in the order in which they first were. */
export const filedReports = (reports: readonly ReportState[]): readonly ReportState[] =>
  reports
    .filter(({ versions }) => versions.length > 0)
    .toSorted((a, b) => (a.versions[0]?.position ?? 0) - (b.versions[0]?.position ?? 0))
