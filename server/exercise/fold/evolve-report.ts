import type { RecordedOf } from '../ledger/events.ts'
import type { ReportFields } from '../scenario/report.ts'
import { type Draft, ownList, type TeamDraft, teamIn } from './draft.ts'
import { reportGone } from './evolve-case.ts'
import { withDraftField } from './evolve-inject.ts'
import { type ReportState, saysFiled, verdictOf } from './report-state.ts'
import { tellTeam } from './story.ts'

export function reportFiled(draft: Draft, event: RecordedOf<'report.filed'>) {
  const { report, fields, by } = event.data
  const version = { atMs: event.at, fields, by, position: event.position }
  let first = false
  const team = change(draft, event.data, (known) => {
    first = known.versions.length === 0
    return { ...known, versions: [...known.versions, version], draft: unfiled(known.draft, fields) }
  })
  if (team)
    tellTeam(draft, team, event, 'neutral', first ? 'report.filed' : 'report.amended', {
      service: fields?.service ?? null,
      params: { report },
    })
}

/** Fields of a draft in which stands, or stood, what was not filed: what others wrote meanwhile is lost to nobody. */
const unfiled = (draft: ReportState['draft'], fields: ReportFields | null): ReportState['draft'] =>
  draft.filter(({ field, text, earlier }) =>
    [text, ...earlier.map((one) => one.text)].some(
      (one) => fields && !saysFiled({ field, text: one }, fields),
    ),
  )

export function reportDrafted(draft: Draft, event: RecordedOf<'report.drafted'>) {
  change(draft, event.data, (known) => ({ ...known, draft: withDraftField(known.draft, event) }))
}

export function reportDiscarded(draft: Draft, event: RecordedOf<'report.discarded'>) {
  const team = change(draft, event.data, (known) => ({
    ...known,
    draft: [],
    discards: (known.discards ?? 0) + 1,
  }))
  if (team) reportGone(team, event.data.report)
}

export function reportGraded(draft: Draft, event: RecordedOf<'report.graded'>) {
  const { team: _, report, ...said } = event.data
  const grade = { ...said, atMs: event.at, position: event.position }
  const team = change(draft, event.data, (known) => {
    const grades = [...known.grades.filter(({ grader }) => grader !== grade.grader), grade]
    const before = verdictOf(known.grades)?.match
    if (typeof before !== 'string' || verdictOf(grades)?.match === before) return { ...known, grades }
    const others = known.was?.filter(({ attack }) => attack !== before) ?? []
    return { ...known, grades, was: [...others, { attack: before, untilMs: event.at }] }
  })
  if (team) tellTeam(draft, team, event, 'neutral', 'report.graded', { params: { report } })
}

function change(
  draft: Draft,
  { team: id, report }: { readonly team: string; readonly report: string },
  to: (known: ReportState) => ReportState,
): TeamDraft | undefined {
  const team = teamIn(draft, id)
  if (!team) return undefined
  const index = team.reports.findIndex((one) => one.report === report)
  const reports = ownList(draft, team.reports)
  reports[index < 0 ? reports.length : index] = to(
    team.reports[index] ?? { report, versions: [], grades: [], draft: [] },
  )
  team.reports = reports
  return team
}
