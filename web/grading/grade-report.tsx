import { useMemo } from 'react'
import { attackOf, teamOf } from '#exercise/fold/state.ts'
import { RULES, RULES_VERSION } from '#exercise/ledger/rules.ts'
import { REPORT_CRITERIA, type ReportCriterion, type ReportMatch } from '#exercise/scenario/report.ts'
import { weaknessOf } from '#exercise/scenario/weaknesses.ts'
import { judgeable, judgeReport, proposeGrade } from '#exercise/scoring/propose-grade.ts'
import type { ReportToGrade } from '#exercise/views/grading-view.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { actorName } from '../kit/actor-name.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { Told } from '../kit/told.tsx'
import { useKept } from '../kit/use-kept.ts'
import { ReportText, ReportVersions } from '../reports/report-text.tsx'
import { GivenGrades } from './given-grades.tsx'
import { CommentField, PointsField } from './grade-fields.tsx'
import { Heading } from './heading.tsx'

type Written = Readonly<Record<ReportCriterion, string>>
/** In a list of choices all is text: attacks have a sign before their id. */
const NOTHING = 'false'
const NONE = 'none'
const matchOf = (chosen: string): ReportMatch =>
  chosen === NOTHING ? false : chosen === NONE ? null : chosen.slice(1)
const chosenOf = (match: ReportMatch): string =>
  match === false ? NOTHING : match === null ? NONE : `=${match}`
const written = (points: Readonly<Partial<Record<ReportCriterion, number>>>): Written =>
  Object.fromEntries(REPORT_CRITERIA.map((one) => [one, String(points[one] ?? 0)])) as Written

/** A report, what the platform proposes and why. What it proposes stands in the form, so that Enter accepts it. */
export function GradeReport({ view, item }: { readonly view: ExerciseView; readonly item: ReportToGrade }) {
  const say = useSay()
  const state = useExerciseState()
  const { send, busy, refusal } = useSender()
  const { report } = item
  const of = teamOf(state, item.team)
  // What is proposed is proposed for what was read: a new version makes a new form.
  const proposal = useMemo(() => of && proposeGrade(state, of, report), [state, of, report])
  const key = `kilp.grade.${view.id}.${item.team}.${report.report}.${report.versions.length}`
  const proposed = {
    match: proposal ? chosenOf(proposal.match) : '',
    points: written(proposal?.judgement?.criteria ?? {}),
  }
  const [chosen, setChosen, forgetChosen] = useKept(`${key}.match`, proposed.match)
  const [points, setPoints, forgetPoints] = useKept(`${key}.points`, proposed.points)
  const [comment, setComment, forgetComment] = useKept(`${key}.comment`, '')
  const [final, setFinal, forgetFinal] = useKept<boolean>(`${key}.final`, false)
  const rules = (RULES[state.rulesVersion] ?? RULES[RULES_VERSION])?.reports
  const last = report.versions.at(-1)
  const team = view.teams.find(({ id }) => id === item.team)
  if (!rules || !of || !team) return null
  const match = matchOf(chosen)
  const judged = (of?.attacks ?? []).filter(judgeable)
  const attack = typeof match === 'string' ? attackOf(of, match) : undefined
  const traces = attack ? (weaknessOf(state.scenario, attack.info.weakness)?.detect ?? []) : []
  const criteria = Object.fromEntries(REPORT_CRITERIA.map((one) => [one, Number(points[one] || Number.NaN)]))
  const sum = REPORT_CRITERIA.reduce((total, one) => total + (criteria[one] ?? 0), 0)
  const ready =
    chosen !== '' &&
    (!attack ||
      REPORT_CRITERIA.every((one) => (criteria[one] ?? -1) >= 0 && (criteria[one] ?? 0) <= rules.points[one]))
  /** Another attack has other points. */
  const choose = (to: string) => {
    setChosen(to)
    const other = judged.find((one) => chosenOf(one.attack) === to)
    const judgement = other && judgeReport(state, report, other, rules)
    if (judgement) setPoints(written(judgement.criteria))
  }
  const accept = () => {
    setChosen(proposed.match)
    setPoints(proposed.points)
  }
  const judgement = attack && judgeReport(state, report, attack, rules)
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        const seen = report.versions.length
        const given = attack ? criteria : {}
        const data = { team: item.team, report: report.report, match, criteria: given, comment, final, seen }
        void send({ type: 'grade-report', data }).then((ok) => {
          if (!ok) return
          forgetChosen()
          forgetPoints()
          forgetComment()
          forgetFinal()
        })
      }}
    >
      <h3>
        <Heading view={view} item={item} />
      </h3>
      {last && (
        <p className="soft num">
          {say.clock(last.atMs)} {say('inbox.by', { name: actorName(say, last.by) })}
        </p>
      )}
      {last?.fields && <ReportText fields={last.fields} team={team} />}
      <GivenGrades item={item} />
      {proposal && (
        <p className="grading-proposal">
          <b>{say.head(say('grading.proposal'))}</b>
          {say(`grading.about.${proposal.about}`)}{' '}
          {proposal.duplicateOf && say('report.duplicate', { report: proposal.duplicateOf })}{' '}
          <button type="button" className="button" data-accept onClick={accept}>
            {say('grading.accept')}
          </button>
        </p>
      )}
      <label className="field">
        {say('grading.match')}
        <select required value={chosen} onChange={(event) => choose(event.target.value)}>
          <option value="">{say('grading.match.choose')}</option>
          {judged.map((one) => (
            <option key={one.attack} value={chosenOf(one.attack)}>
              {say.clock(one.concludedMs ?? 0)} {say.text(one.info.title)}
            </option>
          ))}
          <option value={NONE}>{say('grading.match.none')}</option>
          <option value={NOTHING}>{say('grading.match.false')}</option>
        </select>
      </label>
      {traces.length > 0 && (
        <details>
          <summary>{say('grading.traces')}</summary>
          <ul className="rubric">
            {traces.map((trace) => (
              <li key={trace.in}>
                <code>{trace.in}</code> <Told text={trace.text} />
              </li>
            ))}
          </ul>
        </details>
      )}
      {attack &&
        REPORT_CRITERIA.map((one, index) => (
          <PointsField
            key={one}
            label={say('grading.criterion', {
              title: say(`report.criterion.${one}`),
              points: say.given(rules.points[one]),
            })}
            note={judgement && say(`report.reason.${judgement.reasons[one]}`)}
            max={rules.points[one]}
            first={index === 0}
            value={points[one]}
            onChange={(value) => setPoints({ ...points, [one]: value })}
          />
        ))}
      <CommentField comment={comment} final={final} onComment={setComment} onFinal={setFinal} />
      {attack && ready && <p className="num">{say('grading.share', { share: say.percent(sum / 100) })}</p>}
      <button
        type="submit"
        className="button primary"
        {...(!attack && { 'data-first': true })}
        disabled={busy || !ready}
      >
        {say('grading.give')}
      </button>
      <RefusalText refusal={refusal} />
      {report.versions.length > 1 && <ReportVersions report={report} team={team} />}
    </form>
  )
}
