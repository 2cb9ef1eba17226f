import { ChartLine, Table } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useSeries } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { ScrollRegion } from '../kit/scroll-region.tsx'

const Chart = lazy(async () => ({ default: (await import('./chart.tsx')).Chart }))

/** Rows of the table alternative; the chart has them all. */
const ROWS = 12

/** What each team has lost so far, as lines or as numbers. */
export function PointsOverTime({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const series = useSeries()
  const [asTable, setAsTable] = useState(false)
  const step = Math.max(1, Math.ceil(series.timesMs.length / ROWS))
  const rows = series.timesMs.flatMap((timeMs, i) =>
    i % step === 0 || i === series.timesMs.length - 1 ? [{ timeMs, i }] : [],
  )
  return (
    <>
      <div className="series-head">
        <h2 id="series">{say('series.title')}</h2>
        <button type="button" className="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? (
            <ChartLine aria-hidden="true" size="1.1em" />
          ) : (
            <Table aria-hidden="true" size="1.1em" />
          )}
          {say(asTable ? 'series.asChart' : 'series.asTable')}
        </button>
      </div>
      {asTable ? (
        <ScrollRegion className="series-table" label={say('series.title')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('shell.time')}</th>
                {series.teams.map((team) => (
                  <th key={team.id} scope="col" className="end">
                    {nameOf(team.id)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ timeMs, i }) => (
                <tr key={timeMs}>
                  <th scope="row" className="num">
                    {say.clock(timeMs)}
                  </th>
                  {series.teams.map((team) => (
                    <td key={team.id} className="num end">
                      {say.points(team.lost[i] ?? 0)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      ) : (
        <Suspense fallback={<div className="chart" />}>
          <Chart series={series} view={view} />
        </Suspense>
      )}
    </>
  )

  function nameOf(id: string): string {
    const team = view.teams.find((known) => known.id === id)
    return team ? say.text(team.name) : id
  }
}
