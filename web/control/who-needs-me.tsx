import { DoorOpen } from 'lucide-react'
import { linkTo } from '../app/route.ts'
import { useNeeds } from '../feed/use-white.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import './control.css'
import { useAtMs } from '../feed/use-view.ts'

/** Which teams drown or idle, and why, each with the way into its room. */
export function WhoNeedsMe() {
  const say = useSay()
  const atMs = useAtMs()
  const teams = useNeeds()
  const some = teams.some(({ standing }) => standing === 'drowns' || standing === 'idles')
  return (
    <section aria-label={say('white.tab.needs')}>
      <p className="soft small">{say(some ? 'needs.hint' : 'needs.calm')}</p>
      <ol className="needs">
        {teams.map(({ team, name, standing, needs }) => (
          <li key={team} className={`need need-${standing}`}>
            <div className="need-head">
              <b>{say.text(name)}</b>
              <span className="need-standing">
                {say(standing === 'calm' ? 'needs.isCalm' : `needs.${standing}`)}
              </span>
              <a
                className="button"
                href={linkTo('instructor', team)}
                aria-label={say('needs.room', { team: say.text(name) })}
              >
                <DoorOpen aria-hidden="true" size="1.2em" />
              </a>
            </div>
            <ul>
              {needs.map(({ kind, count, sinceMs }) => (
                <li key={kind} className="num">
                  {say(`needs.kind.${kind}`, { count, span: say.span(Math.max(0, atMs - sinceMs)) })}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  )
}
