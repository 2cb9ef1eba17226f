import { Eye } from 'lucide-react'
import type { TerminalState } from '#exercise/fold/team-acts.ts'
import type { Scenario } from '#exercise/scenario/model.ts'
import { useExerciseState } from '../feed/use-view.ts'
import { actorName } from '../kit/actor-name.ts'
import { type Say, useSay } from '../kit/i18n/use-say.ts'
import { FollowedBy } from './followed-by.tsx'
import { ownTerminals } from './terminal-link.ts'
import './follow.css'

/** Which terminals people of the team have open besides this page's, by whom, and whether they may be looked into. */
export function useColleagues(team: string): readonly TerminalState[] {
  const terminals = useExerciseState().teams.find(({ id }) => id === team)?.terminals ?? []
  const own = ownTerminals()
  return terminals.filter(
    ({ by, terminal }) => by?.kind === 'seat' && by.seat === 'blue' && !own.has(terminal),
  )
}

export const serviceName = (say: Say, { services }: Scenario, service: string): string => {
  const title = services.find(({ id }) => id === service)?.title
  return title ? say.text(title) : service
}

export function ColleagueTerminals(props: {
  readonly terminals: readonly TerminalState[]
  readonly looking: string | null
  readonly onLook: (terminal: string) => void
}) {
  const say = useSay()
  const { scenario } = useExerciseState()
  const { terminals, looking, onLook } = props
  return (
    <details className="colleague-terminals">
      <summary>{say('shared.title', { n: terminals.length })}</summary>
      <ul className="open-terminals">
        {terminals.map(({ terminal, service, by, via, sinceMs, shared, followers }) => {
          const named = { who: actorName(say, by), service: serviceName(say, scenario, service) }
          return (
            <li key={terminal}>
              <div>
                <b>{say('shared.of', named)}</b>
                <span className="soft small num">
                  {say(via === 'ssh' ? 'shared.sinceSsh' : 'shared.since', { time: say.clock(sinceMs) })}
                </span>
                {via === undefined && <span className="small">{say(`shared.is.${shared}`)}</span>}
                {followers.length > 0 && <FollowedBy followers={followers} />}
              </div>
              {shared !== 'nobody' && terminal !== looking && (
                <button
                  type="button"
                  className="button"
                  aria-label={say('shared.joinOf', named)}
                  onClick={(event) => {
                    // The terminal needs the room.
                    event.currentTarget.closest('details')?.removeAttribute('open')
                    onLook(terminal)
                  }}
                >
                  <Eye aria-hidden="true" size="1.1em" />
                  {say('shared.join')}
                </button>
              )}
            </li>
          )
        })}
      </ul>
    </details>
  )
}
