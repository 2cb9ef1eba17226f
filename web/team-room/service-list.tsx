import { Bug } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ServiceView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { WorkedBy } from '../kit/people/work-claim.tsx'
import { ServiceIcon } from '../kit/service-icon.tsx'
import { StateMark } from '../kit/state-mark.tsx'
import { Told } from '../kit/told.tsx'
import './service-list.css'

/** The team's services; the pressed one fills the middle of the room. */
export function ServiceList(props: {
  readonly team: string
  readonly services: readonly ServiceView[]
  readonly chosen: string
  readonly onChoose: (service: string) => void
  /** What stands beside the heading. */
  readonly children?: ReactNode
}) {
  const say = useSay()
  return (
    <nav className="room-services" aria-labelledby="room-services">
      <div className="room-services-head">
        <h2 id="room-services">{say('team.services')}</h2>
        {props.children}
      </div>
      <ul>
        {props.services.map((service) => (
          <li key={service.id}>
            <button
              type="button"
              className="service-button card"
              aria-pressed={service.id === props.chosen}
              onClick={() => props.onChoose(service.id)}
            >
              <ServiceIcon service={service.id} />
              <span className="service-name">
                <Told name text={service.title} />
              </span>
              <span className={`service-state mark-${service.verdict}`}>
                <StateMark verdict={service.verdict} />
                <span className={service.verdict === 'up' ? 'hidden' : ''}>
                  {say(`state.exact.${service.verdict}`)}
                </span>
              </span>
              <WorkedBy team={props.team} kind="service" id={service.id} />
              {service.breached && (
                <span className="service-breach">
                  <Bug aria-hidden="true" size="1em" />
                  {say('matrix.breached')}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
