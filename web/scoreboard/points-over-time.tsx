import { ChartLine, Table } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useSeries } from '../feed/use-points.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { ScrollRegion } from '../kit/scroll-region.tsx'
import { SelectOne } from '../kit/select-one.tsx'
import { SERIES_MODES, type SeriesMode, seriesIn } from './series-mode.ts'

const Chart = lazy(async () => ({ default: (await import('./chart.tsx')).Chart }))

/** Rows of the table alternative; the chart has them all. */
const ROWS = 12

/** What each team has lost so far, as lines or as numbers. */
export function PointsOverTime({
  view,
  picked,
  onPick,
}: {
  readonly view: ExerciseView
  /** The team that is highlighted. */
  readonly picked: string | null
  readonly onPick: (team: string | null) => void
}) {
  const say = useSay()
  const whole = useSeries()
  const [mode, setMode] = useState<SeriesMode>('lost')
  const series = useMemo(() => seriesIn(whole, mode), [whole, mode])
  const [asTable, setAsTable] = useState(false)
  const step = Math.max(1, Math.ceil(series.timesMs.length / ROWS))
  const rows = series.timesMs.flatMap((timeMs, i) =>
    i % step === 0 || i === series.timesMs.length - 1 ? [{ timeMs, i }] : [],
  )
  const title = say(mode === 'lost' ? 'series.title' : `series.title.${mode}`)
  return (
    <>
      <div className="series-head">
        <h2 id="series">{title}</h2>
        <button type="button" className="button" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          {asTable ? (
            <ChartLine aria-hidden="true" size="1.1em" />
          ) : (
            <Table aria-hidden="true" size="1.1em" />
          )}
          {say(asTable ? 'series.asChart' : 'series.asTable')}
        </button>
      </div>
      <div className="series-tools">
        <label className="field">
          {say('series.mode')}
          <select
            value={mode}
            onChange={(event) => setMode(SERIES_MODES.find((one) => one === event.target.value) ?? 'lost')}
          >
            {SERIES_MODES.map((one) => (
              <option key={one} value={one}>
                {say(`series.mode.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <SelectOne
          label={say('sectors.find')}
          none={say('sectors.everybody')}
          value={picked ?? ''}
          onChange={(team) => onPick(team || null)}
          options={view.teams.map((team) => [team.id, say.text(team.name)])}
        />
      </div>
      {asTable ? (
        <ScrollRegion className="series-table" label={title}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('shell.time')}</th>
                {series.teams.map((team) => (
                  <th key={team.id} scope="col" className="end" data-look={lookOf(team.id)}>
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
                    <td key={team.id} className="num end" data-look={lookOf(team.id)}>
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
          <Chart series={series} view={view} mode={mode} picked={picked} />
        </Suspense>
      )}
    </>
  )

  function lookOf(id: string) {
    if (picked === null) return undefined
    return id === picked ? 'picked' : 'faded'
  }

  function nameOf(id: string): string {
    const team = view.teams.find((known) => known.id === id)
    return team ? say.text(team.name) : id
  }
}
