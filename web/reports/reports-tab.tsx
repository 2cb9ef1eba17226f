import { useState } from 'react'
import type { ReportView } from '#exercise/views/report-views.ts'
import type { TeamView } from '#exercise/views/views.ts'
import { useMay } from '../feed/use-may.ts'
import { useReports } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { DetectionTable } from './detection-table.tsx'
import { ReportForm } from './report-form.tsx'
import { ReportGrades } from './report-grades.tsx'
import { ReportVersions } from './report-text.tsx'
import '../inbox/inbox.css'
import './reports.css'

/** Reports of incidents that a team files of its own accord: its list, and the one that is written or read beside. */
export function ReportsTab({ team, over }: { readonly team: TeamView; readonly over: boolean }) {
  const say = useSay()
  const reports = useReports(team.id)
  const mayFile = useMay('file-report', team.id) && !over
  const [chosen, setChosen] = useState<string | null>(null)
  const next = `R${reports.length + 1}`
  const report = reports.find((one) => one.report === chosen)
  return (
    <div className="reports">
      <p className="soft">{say('reports.intro')}</p>
      <div className="inbox">
        <div className="reports-list">
          {mayFile && (
            <button type="button" className="button primary" onClick={() => setChosen(next)}>
              {say('reports.new')}
            </button>
          )}
          {reports.length === 0 && <p className="soft">{say('reports.none')}</p>}
          <ul className="inbox-list" aria-label={say('reports.list')}>
            {reports.map((one) => (
              <li key={one.report}>
                <button
                  type="button"
                  className="inbox-item"
                  aria-pressed={one.report === chosen}
                  onClick={() => setChosen(one.report)}
                >
                  <Summary report={one} team={team} />
                </button>
              </li>
            ))}
          </ul>
        </div>
        <div className="inbox-reading">
          {chosen === null ? (
            <p className="soft">{say('reports.choose')}</p>
          ) : (
            <article key={chosen} className="message">
              <h2>{say('reports.title', { report: chosen })}</h2>
              {report && <ReportGrades team={team} report={report} />}
              {mayFile && (report?.grades.length ?? 0) === 0 && (
                <ReportForm
                  key={`${chosen}/${report?.versions.length ?? 0}`}
                  team={team}
                  id={chosen}
                  report={report ?? null}
                />
              )}
              {report && <ReportVersions report={report} team={team} />}
            </article>
          )}
        </div>
      </div>
      <DetectionTable teams={[team]} />
    </div>
  )
}

function Summary({ report, team }: { readonly report: ReportView; readonly team: TeamView }) {
  const say = useSay()
  const last = report.versions.at(-1)
  const service = team.services.find(({ id }) => id === last?.fields?.service)
  return (
    <>
      <span className="inbox-title">
        {report.report}
        {service && ` · ${say.text(service.title)}`}
      </span>
      {last && <span className="soft num">{say.clock(last.atMs)}</span>}
      <span>{standing()}</span>
    </>
  )

  function standing(): string {
    if (!last) return say('reports.state.begun')
    const { verdict } = report
    if (!verdict) return say('reports.state.filed')
    if (verdict.match === false) return say('reports.state.false')
    return verdict.match === null
      ? say('reports.state.none')
      : say('reports.state.graded', { share: say.percent(verdict.share) })
  }
}
