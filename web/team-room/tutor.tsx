import { GraduationCap } from 'lucide-react'
import type { TeamView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { Told } from '../kit/told.tsx'

/** What the tutor told the team, newest first. Nothing where the scenario has no tutor. */
export function Tutor({ team }: { readonly team: TeamView }) {
  const say = useSay()
  if (team.tutor.length === 0) return null
  return (
    <section className="card room-tutor" aria-labelledby="room-tutor">
      <h2 id="room-tutor">
        <GraduationCap aria-hidden="true" size="1.2em" /> {say('tutor.title')}
      </h2>
      <ol>
        {team.tutor.map(({ note, text, atMs }) => (
          <li key={note}>
            <span className="soft num">{say.clock(atMs)}</span> <Told text={text} />
          </li>
        ))}
      </ol>
    </section>
  )
}
