import type { NationalView } from '#exercise/views/views.ts'
import { fewNames } from '../kit/few-names.ts'
import { HistoryStrip, windowOf } from '../kit/history-strip.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { ServiceIcon } from '../kit/service-icon.tsx'
import { StateChip } from '../kit/state-mark.tsx'
import './service-tile.css'
import { Told } from '../kit/told.tsx'

const CELLS = 30

export function ServiceTile(props: {
  readonly service: NationalView['services'][number]
  readonly atMs: number
  readonly durationMs: number
  readonly teams: number
  readonly nameOf: (service: string) => string
}) {
  const say = useSay()
  const { service } = props
  return (
    <li className={`tile card tile-${service.verdict}`}>
      <ServiceIcon service={service.id} />
      <h3>
        <Told name text={service.title} />
      </h3>
      <StateChip verdict={service.verdict} />
      <p className="tile-facts">
        <span className="soft tile-since">{say('tile.since', { time: say.clock(service.sinceMs) })}</span>
        {service.affected > 0 && <b className="num">{say('tile.people', { count: service.affected })}</b>}
        {service.because.length > 0 && (
          <span className="tile-because">
            {say('tile.because', { services: fewNames(say, service.because.map(props.nameOf), 1) })}
          </span>
        )}
        {service.teamsNotUp > 0 && props.teams > 1 && (
          <span className="soft tile-countries">
            {say('tile.countries', { where: say.where(service.teamsNotUp, props.teams) })}
          </span>
        )}
      </p>
      <p className="tile-plain soft">
        <Told text={service.publicText} />
      </p>
      <HistoryStrip history={service.history} window={windowOf(props.atMs, props.durationMs)} cells={CELLS} />
    </li>
  )
}
