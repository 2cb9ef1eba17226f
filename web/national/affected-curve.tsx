import { lazy, Suspense } from 'react'
import type { NationalView } from '#exercise/views/views.ts'
import { fewNames } from '../kit/few-names.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { CurveTable } from './curve-table.tsx'
import { isPreparing } from './situation.ts'
import './wall.css'

/** The chart's library comes after the first picture: numbers and sentences do not wait for it. */
const CurvePlot = lazy(() => import('./curve-plot.tsx').then(({ CurvePlot: plot }) => ({ default: plot })))

/** Teams that the table names at one mark. */
const NAMED = 4

/** People without a service since the start, with attacks and repairs; and, where that can be told, until when at the pace of what was repaired before. */
export function AffectedCurve({
  view,
  nameOf,
  teamName,
}: {
  readonly view: NationalView
  readonly nameOf: (service: string) => string
  readonly teamName: (team: string) => string
}) {
  const say = useSay()
  const { peak, expected, atMs, affected } = view
  const paceMs = expected.state === 'expected' && affected > 0 ? expected.ms : 0
  const marks = view.marks.map((mark) => {
    const services = mark.services.map(nameOf)
    const [first = ''] = services
    return {
      ...mark,
      label: services.length > 1 ? `${first} +${services.length - 1}` : first,
      told: say(`curve.mark.${mark.kind}`, {
        services: say.list(services),
        teams: fewNames(say, mark.teams.map(teamName), NAMED, 'names.more.teams'),
      }),
    }
  })
  const told = peak
    ? say('wall.curve.peak', { n: say.rough(peak.people), time: say.clock(peak.atMs) })
    : isPreparing(view)
      ? ''
      : say('wall.curve.none')
  return (
    <section className="wall-curve card" aria-labelledby="wall-curve">
      <h2 id="wall-curve">
        {say('wall.curve')} <span className="soft">{say('wall.curve.since')}</span>
      </h2>
      <div className="wall-curve-words">
        <p className="wall-curve-told num">{told}</p>
        <ul className="wall-legend" aria-hidden="true">
          {marks.some(({ kind }) => kind === 'attack') && (
            <li className="mark-attack">{say('curve.attack')}</li>
          )}
          {marks.some(({ kind }) => kind === 'repair') && (
            <li className="mark-repair">{say('curve.repair')}</li>
          )}
          {paceMs > 0 && <li className="wall-pace">{say('curve.pace')}</li>}
        </ul>
      </div>
      <div className="wall-curve-box">
        <Suspense>
          <CurvePlot
            view={view}
            paceMs={paceMs}
            marks={marks}
            label={say('curve.label', { time: say.clock(atMs), told })}
          />
        </Suspense>
      </div>
      <CurveTable view={view} marks={marks} />
    </section>
  )
}
