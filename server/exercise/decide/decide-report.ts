import { graderNumber } from '../fold/inject-state.ts'
import { isDiscarded, type ReportState } from '../fold/report-state.ts'
import { attackOf, type State, type TeamState } from '../fold/state.ts'
import type { Actor } from '../ledger/actor.ts'
import { rulesOf } from '../ledger/rules.ts'
import { INCIDENT_FIELDS } from '../scenario/inject.ts'
import {
  CONFIDENCES,
  isTechnique,
  REPORT_CRITERIA,
  REPORTS_MOST,
  type ReportCriterion,
  type ReportFields,
  type ReportMatch,
  type ReportReason,
} from '../scenario/report.ts'
import { beganMs, judgeable, judgeReport, shareOfCriteria } from '../scoring/propose-grade.ts'
import { draftFull, FIELD_LENGTH, isDraftFull, unfitVersion } from './answer-content.ts'
import {
  accept,
  type Deciders,
  type Decision,
  fact,
  ifSaid,
  inPlay,
  noLongerSo,
  nothing,
  type Refused,
  refuse,
  withTeam,
  wrongPhase,
} from './decision.ts'
import { fitComment, fitPoints } from './grading.ts'
import { responding } from './responding.ts'

/** A team begins so many reports at once. */
export const BEGUN = 5

type Asked = 'file-report' | 'save-report-draft' | 'discard-report-draft' | 'grade-report'

/** Reports of incidents, which a team files of its own accord, and what those who grade say of them. */
export const incidentReports: Deciders<Asked> = {
  'file-report': (state, command, at) =>
    withTeam(state, command.data.team, (team) => {
      const { data, by } = command
      if (!inPlay(state)) return wrongPhase(state, command)
      if (!rulesOf(state).reports) return noReportRules()
      const known = reportOf(team, data.report)
      const unfit = known ? null : unfitNumber(team, data.report)
      if (unfit) return unfit
      if (known && known.grades.length > 0) return graded(known.report)
      const now = known?.versions.length ?? 0
      if (data.seen !== now) return noLongerSo('The number of versions', data.seen, now)
      const full = unfitVersion(now)
      if (full) return full
      const fit = fitFields(state, data.fields, at)
      if (!fit.ok) return fit
      const fields = inItsLanguages(fit.fields, data.fields, by)
      return accept(
        fact('report.filed', at, { team: team.id, report: data.report, fields, by }),
        ...responding(state, team, fields.service, 'noticed', by, at),
      )
    }),

  'save-report-draft': (state, command, at) =>
    withTeam(state, command.data.team, (team) => {
      const { data, by } = command
      const { report, field, text } = data
      if (state.phase === 'ended') return wrongPhase(state, command)
      if (!rulesOf(state).reports) return noReportRules()
      if (!INCIDENT_FIELDS.includes(field as never))
        return refuse('unknown-field', `A report has no field ${field.slice(0, 40)}.`, {
          field: field.slice(0, 40),
        })
      if (text.length > FIELD_LENGTH) return tooLong()
      const known = reportOf(team, report)
      const unfit = known ? null : unfitNumber(team, report)
      if (unfit) return unfit
      if (known && known.grades.length > 0) return nothing
      const begun = team.reports.filter((one) => one.versions.length === 0 && !isDiscarded(one)).length
      if ((!known || isDiscarded(known)) && begun >= BEGUN) return tooManyReports(BEGUN)
      const before = known?.draft.find((one) => one.field === field)
      // What the last version says already is no draft of another.
      if ((before?.text ?? String(known?.versions.at(-1)?.fields?.[field as 'actions'] ?? '')) === text)
        return nothing
      if (isDraftFull(before)) return draftFull
      return accept(fact('report.drafted', at, { team: team.id, report, field, text, by }))
    }),

  'discard-report-draft': (state, command, at) =>
    withTeam(state, command.data.team, (team) => {
      const { data, by } = command
      if (state.phase === 'ended') return wrongPhase(state, command)
      const known = reportOf(team, data.report)
      if (!known) return unknownReport(data.report)
      if (known.versions.length > 0)
        return refuse('report-filed', `${known.report} was filed, and what was filed stays.`, {
          report: known.report,
        })
      if (known.draft.length === 0) return nothing
      return accept(fact('report.discarded', at, { team: team.id, report: known.report, by }))
    }),

  'grade-report': (state, command, at) =>
    withTeam(state, command.data.team, (team) => {
      const { data, by } = command
      const report = reportOf(team, data.report)
      if (!report || report.versions.length === 0) return unknownReport(data.report)
      const rules = rulesOf(state).reports
      if (!rules) return noReportRules()
      const now = report.versions.length
      if (data.seen !== now) return noLongerSo('The number of versions', data.seen, now)
      const comment = fitComment(data.comment)
      if (!comment.ok) return comment
      const { match } = data
      const bad = unfitMatch(team, report, match)
      if (bad) return bad
      const asked =
        typeof match === 'string' ? REPORT_CRITERIA.map((id) => ({ id, points: rules.points[id] })) : []
      const points = fitPoints(asked, data.criteria)
      if (!points.ok) return points
      const criteria: Readonly<Partial<Record<ReportCriterion, number>>> = points.value
      const { final } = data
      const grader = graderNumber(report.grades, by)
      const before = report.grades.findLast((grade) => grade.grader === grader)
      if (
        before &&
        before.final === final &&
        before.comment === comment.value &&
        before.match === match &&
        REPORT_CRITERIA.every((one) => before.criteria[one] === criteria[one])
      )
        return nothing
      const attack = typeof match === 'string' ? attackOf(team, match) : undefined
      const judged = attack && judgeReport(state, report, attack, rules)
      const reasons: Partial<Record<ReportCriterion, ReportReason>> = {}
      for (const one of REPORT_CRITERIA)
        if (judged && judged.criteria[one] === criteria[one]) reasons[one] = judged.reasons[one]
      const share = shareOfCriteria(criteria)
      const grade = { match, share, criteria, reasons, comment: comment.value, final, grader, by }
      return accept(fact('report.graded', at, { team: team.id, report: report.report, ...grade }))
    }),
}

const reportOf = (team: TeamState, id: string): ReportState | undefined =>
  team.reports.find(({ report }) => report === id)

/** Why a report can not be begun under this number; null where it is the next one. */
function unfitNumber(team: TeamState, id: string): Decision | null {
  if (team.reports.length >= REPORTS_MOST) return tooManyReports(REPORTS_MOST)
  return id === `R${team.reports.length + 1}` ? null : unknownReport(id)
}

/** What was said of a report must be something that was concluded, and not have begun after its last version. */
function unfitMatch(team: TeamState, report: ReportState, match: ReportMatch): Decision | null {
  if (typeof match !== 'string') return null
  const attack = attackOf(team, match)
  const last = report.versions.at(-1)?.atMs ?? 0
  if (attack && judgeable(attack) && beganMs(attack) <= last) return null
  return refuse(
    'bad-match',
    `${report.report} can not be of the attack ${match.slice(0, 60)}: it was not concluded, or began after the report was written.`,
    { report: report.report, attack: match.slice(0, 60) },
  )
}

type Fit = { readonly ok: true; readonly fields: ReportFields } | Refused

function fitFields(state: State, written: ReportFields, at: number): Fit {
  const bad = (field: 'service' | 'noticed' | 'technique' | 'confidence', why: string) =>
    refuse(`bad-report-${field}`, why, { field })
  const { service, noticedMs, confidence } = written
  if (!state.scenario.services.some(({ id }) => id === service))
    return bad('service', `There is no service ${service.slice(0, 60)} in this exercise.`)
  if (!Number.isInteger(noticedMs) || noticedMs < 0 || noticedMs > at)
    return bad('noticed', 'When it was noticed is a moment of the exercise that has passed.')
  const technique = written.technique.trim().toUpperCase()
  if (technique !== '' && !isTechnique(technique))
    return bad('technique', 'A technique is one, and written like T1190 or T1565.001.')
  if (!CONFIDENCES.includes(confidence))
    return bad('confidence', `Confidence is one of ${CONFIDENCES.join(', ')}.`)
  const [indicators, actions] = [ifSaid(written.indicators), ifSaid(written.actions)]
  if (Math.max(indicators.length, actions.length) > FIELD_LENGTH) return tooLong()
  return { ok: true, fields: { service, noticedMs, technique, indicators, actions, confidence } }
}

/** With a machine's words in all languages; nobody else may say one thing to some readers and another to others. */
const inItsLanguages = (fields: ReportFields, { inLanguages }: ReportFields, by: Actor): ReportFields =>
  by.kind === 'pilot' && inLanguages ? { ...fields, inLanguages } : fields

const graded = (report: string): Decision =>
  refuse('answer-graded', `${report} has been graded, and can no longer be changed. Appeal instead.`, {
    report,
  })

const unknownReport = (report: string): Decision =>
  refuse('unknown-report', `There is no report ${report.slice(0, 20)}, and it is not the next number.`, {
    report: report.slice(0, 20),
  })

export const tooManyReports = (max: number): Decision =>
  refuse('too-many-reports', `There are ${max} already, and no more may be begun.`, { max })

export const noReportRules = (): Decision =>
  refuse('report-rules', 'This exercise was created under rules that know no reports of incidents.')

const tooLong = (): Refused =>
  refuse('answer-too-long', `A field has at most ${FIELD_LENGTH} characters.`, { max: FIELD_LENGTH })
