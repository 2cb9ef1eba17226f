import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import { useFeedState } from '../feed/use-feed.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { Handovers } from '../kit/people/handover.tsx'
import { OwnTools } from '../kit/people/own-tools.tsx'
import { WhoIsIn } from '../kit/people/who-is-in.tsx'
import { WorkList } from '../kit/people/work-list.tsx'

/** The team's own people: who is here, who works on what, and what one shift tells the next. */
export function PeopleTab({ team, view }: { readonly team: TeamView; readonly view: ExerciseView }) {
  const say = useSay()
  const list = useFeedState((feed) => feed.presence.find((one) => one.team === team.id))
  return (
    <div className="people-tab">
      <section aria-labelledby="people-in">
        <h2 id="people-in">{say('people.in')}</h2>
        <WhoIsIn list={list} view={view} />
      </section>
      <section aria-labelledby="people-work">
        <h2 id="people-work">{say('work.title')}</h2>
        <WorkList team={team} view={view} />
      </section>
      <Handovers team={team.id} />
      <OwnTools team={team} />
    </div>
  )
}
