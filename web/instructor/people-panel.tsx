import type { ExerciseView } from '#exercise/views/views.ts'
import { useFeedState } from '../feed/use-feed.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { LastHandover } from '../kit/people/handover.tsx'
import { WhoIsIn } from '../kit/people/who-is-in.tsx'
import { WorkList } from '../kit/people/work-list.tsx'

/** Who is in, everywhere: team by team, with what they work on and their last hand-over note, and those of no team. */
export function PeoplePanel({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const presence = useFeedState((feed) => feed.presence)
  return (
    <div className="people-panel">
      {view.teams
        .toSorted((a, b) => say.text(a.name).localeCompare(say.text(b.name), say.lang))
        .map((team) => (
          <section key={team.id} aria-labelledby={`people-${team.id}`}>
            <h3 id={`people-${team.id}`}>{say('seats.blue', { team: say.text(team.name) })}</h3>
            <WhoIsIn list={presence.find((list) => list.team === team.id)} view={view} />
            <details>
              <summary>{say('work.title')}</summary>
              <WorkList team={team} view={view} />
              <LastHandover team={team.id} />
            </details>
          </section>
        ))}
      <section aria-labelledby="people-control">
        <h3 id="people-control">{say('people.control')}</h3>
        <WhoIsIn list={presence.find((list) => list.team === null)} view={view} />
      </section>
    </div>
  )
}
