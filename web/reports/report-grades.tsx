import { RULES, RULES_VERSION } from '#exercise/ledger/rules.ts'
import { REPORT_CRITERIA } from '#exercise/scenario/report.ts'
import type { ReportView } from '#exercise/views/report-views.ts'
import type { TeamView } from '#exercise/views/views.ts'
import { AppealBox } from '../appeals/appeal-box.tsx'
import { useReadGrades } from '../kit/fresh-grades.ts'
import { useSay } from '../kit/i18n/use-say.ts'

/** What those who graded a report say of it, with their reasons, and where the team can disagree. */
export function ReportGrades({ team, report }: { readonly team: TeamView; readonly report: ReportView }) {
  const say = useSay()
  useReadGrades(team.id, 'report', report.report)
  const { verdict, duplicateOf } = report
  if (!verdict) return report.versions.length > 0 ? <p className="soft">{say('inbox.waits')}</p> : null
  const attack = team.attacks.find((one) => one.attack === verdict.match)
  return (
    <section className="message-grade">
      <p>
        <b>
          {typeof verdict.match === 'string'
            ? say('inbox.grade', { share: say.percent(verdict.share) })
            : say(verdict.match === false ? 'report.match.false' : 'report.match.none')}
        </b>
      </p>
      {attack && <p>{say('report.match.attack', { attack: say.text(attack.title) })}</p>}
      {duplicateOf && <p>{say('report.duplicate', { report: duplicateOf })}</p>}
      <ReportCriteria report={report} />
      <AppealBox
        team={team.id}
        subject={{ kind: 'report', id: report.report }}
        whole={typeof verdict.match === 'string' && verdict.share >= 1 && !duplicateOf}
      />
    </section>
  )
}

/** What each of those who graded a report gave, criterion by criterion, with the reasons and what they wrote. */
export function ReportCriteria({ report }: { readonly report: ReportView }) {
  const say = useSay()
  const points = RULES[RULES_VERSION]?.reports?.points
  return (
    <>
      {report.grades.map((grade) => (
        <div key={grade.position}>
          {typeof grade.match === 'string' && (
            <ul className="rubric">
              {REPORT_CRITERIA.map((one) => {
                const reason = grade.reasons[one]
                return (
                  <li key={one}>
                    {say.head(say(`report.criterion.${one}`))}
                    <span className="num">
                      {say('inbox.points', {
                        n: say.given(grade.criteria[one] ?? 0),
                        total: say.given(points?.[one] ?? 0),
                      })}
                    </span>
                    {reason && ` · ${say(`report.reason.${reason}`)}`}
                  </li>
                )
              })}
            </ul>
          )}
          {grade.comment && <p className="written">{grade.comment}</p>}
        </div>
      ))}
    </>
  )
}
