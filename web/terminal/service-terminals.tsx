import type { ExerciseView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { OpenTerminals } from './open-terminals.tsx'

/** In a team's room as white sees it: which terminals the team has open in a service. */
export function ServiceTerminals(props: {
  readonly team: string
  readonly service: string
  readonly view: ExerciseView
}) {
  const say = useSay()
  const { team, service, view } = props
  return (
    <section className="card service-acts" aria-labelledby="service-terminals">
      <h3 id="service-terminals">{say('follow.title')}</h3>
      <OpenTerminals key={`${team}/${service}`} view={view} only={{ team, service }} />
    </section>
  )
}
