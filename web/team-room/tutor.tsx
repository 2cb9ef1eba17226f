import { GraduationCap } from 'lucide-react'
import type { TeamView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { Told } from '../kit/told.tsx'

/** More than these are folded: what stands below is to be found without a long way. */
const SHOWN = 2

/** What the tutor told the team, newest first. Nothing where the scenario has no tutor. */
export function Tutor({ team }: { readonly team: TeamView }) {
  const say = useSay()
  if (team.tutor.length === 0) return null
  const earlier = team.tutor.slice(SHOWN)
  return (
    <section className="card room-tutor" aria-labelledby="room-tutor">
      <h2 id="room-tutor">
        <GraduationCap aria-hidden="true" size="1.2em" /> {say('tutor.title')}
      </h2>
      <Notes notes={team.tutor.slice(0, SHOWN)} />
      {earlier.length > 0 && (
        <details>
          <summary>{say('tutor.earlier', { count: earlier.length })}</summary>
          <Notes notes={earlier} />
        </details>
      )}
    </section>
  )
}

/** The newest of it in one line, where there is no room for more. */
export function LatestFromTutor({ team }: { readonly team: TeamView }) {
  const [latest] = team.tutor
  if (!latest) return null
  return (
    <div className="room-tutor tutor-line">
      <GraduationCap aria-hidden="true" size="1.2em" />
      <Notes notes={[latest]} />
    </div>
  )
}

function Notes({ notes }: { readonly notes: TeamView['tutor'] }) {
  const say = useSay()
  return (
    <ol>
      {notes.map(({ note, text, atMs }) => (
        <li key={note}>
          <span className="soft num">{say.clock(atMs)}</span> <Told text={text} />
        </li>
      ))}
    </ol>
  )
}
