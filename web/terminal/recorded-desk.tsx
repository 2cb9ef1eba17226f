import { useState } from 'react'
import type { ServiceView } from '#exercise/views/views.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { actorName } from '../kit/actor-name.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RecordedTerminal } from './recorded-terminal.tsx'
import './terminal-desk.css'

/** In a replay: the terminals that were open in a service at its moment, one in sight. */
export function RecordedDesk({ team, service }: { readonly team: string; readonly service: ServiceView }) {
  const say = useSay()
  const { teams } = useExerciseState()
  const [chosen, choose] = useState<string | null>(null)
  const all = teams.find(({ id }) => id === team)?.terminals.filter((one) => one.service === service.id) ?? []
  // Whoever was chosen may not be there at another moment, and is again when it is.
  const shown = all.find(({ terminal }) => terminal === chosen) ?? all.at(-1)
  const title = say.text(service.title)
  if (!shown) return <p className="soft">{say('cast.none', { service: title })}</p>
  return (
    <div className="terminals">
      <div className="terminals-bar">
        <fieldset className="terminals-all">
          <legend className="hidden">{say('terminal.slots', { service: title })}</legend>
          {all.map((one) => (
            <button
              key={one.terminal}
              type="button"
              className="button"
              aria-pressed={one === shown}
              onClick={() => choose(one.terminal)}
            >
              {say(one.via === 'ssh' ? 'follow.openedSsh' : 'follow.opened', {
                who: actorName(say, one.by),
                time: say.clock(one.sinceMs),
              })}
            </button>
          ))}
        </fieldset>
      </div>
      <div className="terminals-shown">
        <RecordedTerminal key={shown.terminal} open={shown} service={title} />
      </div>
    </div>
  )
}
