import { standing } from '#exercise/decide/decision.ts'
import { revertCostNow } from '#exercise/scoring/revert-cost.ts'
import type { ServiceView, TeamView } from '#exercise/views/views.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useMay } from '../feed/use-may.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { ConfirmButton } from '../kit/confirm.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { Changes } from './changes.tsx'
import './control.css'

const SHOWN = 5

/** What white may do to a service in a team's room: restart it, put it back to its start state, see what the team changed. Nothing for other seats. */
export function ServiceActs({ team, service }: { readonly team: TeamView; readonly service: ServiceView }) {
  const say = useSay()
  const state = useExerciseState()
  const may = useMay('act-on-service', team.id)
  const { send, busy, refusal } = useSender()
  if (!may) return null
  const acts = state.teams.find(({ id }) => id === team.id)?.acts ?? []
  const stands = standing(state)
  const name = say.text(service.title)
  const act = (action: 'restart' | 'revert') =>
    void send({
      type: 'act-on-service',
      data: { team: team.id, service: service.id, action, seen: acts.length },
    })
  return (
    <section className="service-acts card" aria-labelledby="service-acts">
      <h3 id="service-acts">{say('act.title')}</h3>
      <div className="service-acts-buttons">
        <ConfirmButton
          className=""
          label={say('act.restart')}
          title={say('act.restartTitle', { service: name })}
          text={say('act.restartAsk')}
          yes={say('act.restart')}
          disabled={busy || !stands}
          onYes={() => act('restart')}
        />
        <ConfirmButton
          className=""
          label={say('act.revert')}
          title={say('act.revertTitle', { service: name })}
          text={say('act.revertAsk', { count: revertCostNow(state) })}
          yes={say('act.revert')}
          disabled={busy || !stands}
          onYes={() => act('revert')}
        />
      </div>
      <RefusalText refusal={refusal} />
      <ul className="service-acts-past">
        {acts
          .filter((one) => one.service === service.id)
          .slice(-SHOWN)
          .toReversed()
          .map(({ act: number, action, atMs, finishedMs, ok, reason }) => (
            <li key={number} className="soft num">
              {finishedMs === null
                ? say('act.underWay', { time: say.clock(atMs) })
                : ok
                  ? say(`act.done.${action}`, { time: say.clock(atMs) })
                  : say('act.failed', { time: say.clock(atMs), reason })}
            </li>
          ))}
      </ul>
      <Changes key={`${team.id}/${service.id}`} team={team.id} service={service.id} name={name} />
    </section>
  )
}
