import { Printer } from 'lucide-react'
import { nameInFile } from '#exercise/scenario/name-in-file.ts'
import { csvText } from '#exercise/views/report/csv.ts'
import type { ReportDocument } from '#exercise/views/report/document.ts'
import { markdownOf } from '#exercise/views/report/markdown.ts'
import { navigatorLayer } from '#exercise/views/report/navigator-layer.ts'
import { type Report, tablesOf } from '#exercise/views/report/report.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { saveBlob } from '../kit/save-blob.ts'
import { FileButton } from './file-button.tsx'

/** Ways to take a report along: on paper, as text, as numbers. What the platform does not make is made here, of what the page shows. */
export function SaveBar({
  report,
  document: paper,
}: {
  readonly report: Report
  readonly document: ReportDocument
}) {
  const say = useSay()
  const state = useExerciseState()
  const own = `${state.exerciseId}${nameInFile(state.name)}`
  const name = `${nameOf(report)}-${own}`
  return (
    <div className="report-save">
      <button type="button" className="button primary" onClick={() => window.print()}>
        <Printer aria-hidden="true" size="1.1em" />
        {say('report.page.print')}
      </button>
      <FileButton path={`report/pdf?${queryOf(report)}&lang=${say.lang}`} file={`${name}-${say.lang}.pdf`}>
        {say('report.page.pdf')}
      </FileButton>
      <button
        type="button"
        className="button"
        onClick={() => save(`${name}.md`, 'text/markdown', markdownOf(paper))}
      >
        {say('report.page.markdown')}
      </button>
      <button
        type="button"
        className="button"
        onClick={() => save(`${name}.json`, 'application/json', JSON.stringify(report.facts, null, 2))}
      >
        {say('report.page.json')}
      </button>
      {report.reader === 'excon' && (
        <button
          type="button"
          className="button"
          onClick={() =>
            save(
              `attack-layer-${own}.json`,
              'application/json',
              JSON.stringify(navigatorLayer(state), null, 2),
            )
          }
        >
          {say('report.page.layer')}
        </button>
      )}
      {report.reader === 'excon' && (
        <FileButton path="export" file={`kilp-${own}.tar`}>
          {say('report.page.export')}
        </FileButton>
      )}
      <details className="report-tables">
        <summary className="button">{say('report.page.numbers')}</summary>
        <ul className="card">
          {tablesOf(report, say.lang).map((table) => (
            <li key={table.name}>
              <button
                type="button"
                className="button"
                lang="en"
                onClick={() => save(`${name}-${table.name}.csv`, 'text/csv', csvText(table))}
              >
                {table.name}.csv
              </button>
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}

const queryOf = (report: Report): string =>
  new URLSearchParams(
    report.reader === 'team' ? { reader: 'team', team: report.facts.team } : { reader: report.reader },
  ).toString()

const nameOf = (report: Report): string =>
  report.reader === 'team' ? `team-${report.facts.team}` : report.reader

const save = (name: string, type: string, text: string): void =>
  saveBlob(new Blob([text], { type: `${type};charset=utf-8` }), name)
