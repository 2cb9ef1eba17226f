import type { ScoreLine } from '#exercise/scoring/score.ts'
import { useInbox, useReports } from '../feed/use-view.ts'
import { Grades } from '../inbox/grades.tsx'
import { ReportCriteria } from '../reports/report-grades.tsx'

/** Whether people's word is behind a line, and not a request and its answer. */
export const isGraded = ({ params }: Pick<ScoreLine, 'params'>): boolean =>
  params.inject !== undefined || params.report !== undefined

/** Behind a line that comes from a grade: what of the answer or report earned how much, and what those who graded wrote. */
export function LineGrades({ team, line }: { readonly team: string; readonly line: ScoreLine }) {
  const item = useInbox(team).find(({ inject }) => inject === line.params.inject)
  const report = useReports(team).find((one) => one.report === line.params.report)
  return (
    <>
      {item && <Grades item={item} />}
      {report && report.grades.length > 0 && (
        <section className="message-grade">
          <ReportCriteria report={report} />
        </section>
      )}
    </>
  )
}
