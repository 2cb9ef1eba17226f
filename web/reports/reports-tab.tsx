import { useEffect, useRef, useState } from 'react'
import { nextReport } from '#exercise/fold/report-state.ts'
import type { ReportView } from '#exercise/views/report-views.ts'
import type { TeamView } from '#exercise/views/views.ts'
import { useMay } from '../feed/use-may.ts'
import { useExerciseState, useReports } from '../feed/use-view.ts'
import { FreshMark } from '../kit/fresh-mark.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { DetectionTable } from './detection-table.tsx'
import { ReportForm } from './report-form.tsx'
import { ReportGrades } from './report-grades.tsx'
import { ReportVersions, UnfiledText } from './report-text.tsx'
import '../inbox/inbox.css'
import './reports.css'

/** Reports of incidents that a team files of its own accord: its list, and the one that is written or read beside. */
export function ReportsTab({
  team,
  over,
  first = null,
}: {
  readonly team: TeamView
  readonly over: boolean
  /** The report that somebody has come for. */
  readonly first?: string | null
}) {
  const say = useSay()
  const reports = useReports(team.id)
  const mayFile = useMay('file-report', team.id) && !over
  const [chosen, setChosen] = useState<string | null>(first)
  const all = useExerciseState().teams.find(({ id }) => id === team.id)?.reports ?? []
  const heading = useRef<HTMLHeadingElement>(null)
  // Whichever was read before: the next one is read from its top, where its grade is, or that it was filed.
  const [turn, setTurn] = useState(0)
  const choose = (id: string | null) => {
    setChosen(id)
    setTurn(turn + 1)
  }
  useEffect(() => {
    if (turn > 0) heading.current?.scrollIntoView({ block: 'start' })
  }, [turn])
  // Whoever has come for one is there with the keyboard, too.
  useEffect(() => {
    if (first !== null) heading.current?.focus()
  }, [first])
  const last = reports.find((one) => one.report === chosen)?.versions.at(-1)
  const report = reports.find((one) => one.report === chosen)
  return (
    <div className="reports">
      <p className="soft">{say('reports.intro')}</p>
      <div className="inbox">
        <div className="reports-list">
          {mayFile && (
            <button type="button" className="button primary" onClick={() => choose(nextReport(all))}>
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
                  onClick={() => choose(one.report)}
                >
                  <Summary report={one} team={team} over={over} />
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
              <h2 ref={heading} tabIndex={-1}>
                {say('reports.title', { report: chosen })}
              </h2>
              {last && !report?.verdict && (
                <p role="status">{say('report.filedNow', { report: chosen, time: say.clock(last.atMs) })}</p>
              )}
              {report && <ReportGrades team={team} report={report} />}
              {mayFile && (report?.grades.length ?? 0) === 0 && (
                <ReportForm
                  key={`${chosen}/${report?.versions.length ?? 0}/${all.find((one) => one.report === chosen)?.discards ?? 0}`}
                  team={team}
                  id={chosen}
                  report={report ?? null}
                  onFiled={() => {
                    setTurn((before) => before + 1)
                    heading.current?.focus({ preventScroll: true })
                  }}
                  onDiscarded={() => choose(null)}
                />
              )}
              {over && report && !last && <UnfiledText report={report} team={team} />}
              {report && <ReportVersions report={report} team={team} />}
            </article>
          )}
        </div>
      </div>
      <DetectionTable teams={[team]} />
    </div>
  )
}

function Summary(props: { readonly report: ReportView; readonly team: TeamView; readonly over: boolean }) {
  const say = useSay()
  const { report, team, over } = props
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
      <FreshMark team={team.id} kind="report" id={report.report} />
    </>
  )

  function standing(): string {
    if (!last) return say(over ? 'reports.state.unfiled' : 'reports.state.begun')
    const { verdict } = report
    if (!verdict) return say('reports.state.filed')
    if (verdict.match === false) return say('reports.state.false')
    return verdict.match === null
      ? say('reports.state.none')
      : say('reports.state.graded', { share: say.percent(verdict.share) })
  }
}
