import { CloudLightning } from 'lucide-react'
import { useAtMs, useExercise, useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { leftText } from '../kit/left-text.ts'
import { Told } from '../kit/told.tsx'
import './control.css'

/** At a service of a team: that it was taken away, by what, and that this time is not counted. Nothing while it is not. */
export function ServiceTaken({ team, service }: { readonly team: string; readonly service: string }) {
  const say = useSay()
  const view = useExercise()
  const atMs = useAtMs()
  const state = useExerciseState().teams.find(({ id }) => id === team)
  const standing = (state?.interruptions ?? []).filter(
    ({ toMs, services, touched }) => toMs === null && [...services, ...touched].includes(service),
  )
  if (standing.length === 0) return null
  const acts = state?.acts.filter((act) => act.finishedMs === null && act.service === service) ?? []
  const events = (view.world ?? []).filter(
    (event) => event.team === team && standing.some(({ id }) => id === `world/${event.entry}`),
  )
  const hit = events.filter(({ services }) => services.includes(service))
  return (
    <div className="service-taken" role="status">
      <CloudLightning aria-hidden="true" size="1.3em" />
      <div>
        {events.map((event) => (
          <p key={event.entry}>
            <b>
              <Told name text={event.title} />
            </b>{' '}
            <Told text={event.publicText} />{' '}
            <span className="soft num">
              {say('world.until', { time: say.clock(event.untilMs) })}
              {event.untilMs > atMs && say.bracketed('', leftText(say, event.untilMs - atMs))}
            </span>
          </p>
        ))}
        {acts.length > 0 ? (
          acts.map(({ act, action }) => <p key={act}>{say(`world.act.${action}`)}</p>)
        ) : (
          <p>{say(hit.length > 0 ? 'world.hit' : 'world.touched')}</p>
        )}
      </div>
    </div>
  )
}
