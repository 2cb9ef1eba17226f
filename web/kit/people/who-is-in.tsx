import type { ExerciseView } from '#exercise/views/views.ts'
import type { PresenceList, PresentPerson } from '#exercise/wire/person.ts'
import { isMessage } from '../i18n/i18n.ts'
import { type Say, useSay } from '../i18n/use-say.ts'
import './people.css'

/** Who is in of a team: name, role, what they look at and since when. */
export function WhoIsIn({
  list,
  view,
}: {
  readonly list: PresenceList | undefined
  readonly view: ExerciseView
}) {
  const say = useSay()
  if (!list || list.people.length === 0) return <p className="soft">{say('people.nobody')}</p>
  return (
    <ul className="people">
      {list.people.map((person, index) => (
        // Two without a name are told apart by their place alone.
        <li key={`${person.name ?? index} ${person.seat}`}>
          <b>
            <bdi>{person.name ?? say('people.unnamed')}</bdi>
          </b>
          {person.role && <span className="soft">{say(`inbox.role.${person.role}`)}</span>}
          {person.seat === 'observer' && <span className="soft">{say('seat.observer')}</span>}
          <span className="soft">{whereText(say, person, list.team, view)}</span>
          <span className="soft num">{say('people.since', { time: say.time(person.sinceWall) })}</span>
        </li>
      ))}
      {list.more > 0 && <li className="soft">{say('people.more', { count: list.more })}</li>}
    </ul>
  )
}

/** What somebody looks at, of what this page knows by name; nothing where it does not. */
function whereText(
  say: Say,
  { where, seat }: PresentPerson,
  team: string | null,
  view: ExerciseView,
): string {
  if (!where) return ''
  const key = seat === 'white' ? `white.tab.${where.tab}` : `team.tab.${where.tab}`
  const tab = isMessage(key) ? say(key) : ''
  const service = view.teams
    .find(({ id }) => id === team)
    ?.services.find(({ id }) => id === where.service && OF_SERVICE.has(where.tab))
  const inject = view.injects.find(({ id }) => id === where.inject)
  const title = inject?.title ?? service?.title
  return title ? say('people.at', { place: tab, what: say.text(title) }) : tab
}

/** Parts of the room that show the chosen service. */
const OF_SERVICE: ReadonlySet<string> = new Set(['overview', 'terminal'])
