import { Bug } from 'lucide-react'
import type { ExerciseView, ServiceView } from '#exercise/views.ts'
import { HistoryStrip, windowOf } from './history-strip.tsx'
import { useSay } from './i18n/use-say.ts'
import { ScrollRegion } from './scroll-region.tsx'
import './matrix.css'
import { ServiceIcon } from './service-icon.tsx'
import { StateMark } from './state-mark.tsx'

const CELLS = 30

/** Team by service: state, since when, and the strip of what was. A native table, so that a screen reader can walk it. */
export function Matrix({
  view,
  withPoints = false,
}: {
  readonly view: ExerciseView
  readonly withPoints?: boolean
}) {
  const say = useSay()
  const services = view.teams[0]?.services ?? []
  if (services.length === 0) return <p className="soft">{say('matrix.empty')}</p>
  return (
    <ScrollRegion className="matrix-scroll" label={say('matrix.title')}>
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col">{say('standings.team')}</th>
            {services.map((service) => (
              <th key={service.id} scope="col">
                <span className="matrix-service">
                  <ServiceIcon service={service.id} size="1.15em" />
                  {say.text(service.title)}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.teams.map((team) => (
            <tr key={team.id}>
              <th scope="row">
                {say.text(team.name)}
                {withPoints && <span className="matrix-points num">{say.points(team.score.total)}</span>}
              </th>
              {services.map(({ id }) => {
                const service = team.services.find((known) => known.id === id)
                return <td key={id}>{service && <Cell service={service} view={view} />}</td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Cell({ service, view }: { readonly service: ServiceView; readonly view: ExerciseView }) {
  const say = useSay()
  return (
    <div className={`cell cell-${service.verdict}`}>
      <span className="cell-state">
        <StateMark verdict={service.verdict} />
        <span>{say(`state.exact.${service.verdict}`)}</span>
        {service.breached && (
          <span className="cell-breach">
            <Bug aria-hidden="true" size="1em" />
            {say('matrix.breached')}
          </span>
        )}
      </span>
      <HistoryStrip history={service.history} window={windowOf(view.atMs, view.durationMs)} cells={CELLS} />
    </div>
  )
}
