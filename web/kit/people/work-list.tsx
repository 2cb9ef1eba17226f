import type { Claim } from '#exercise/fold/team-work.ts'
import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import { useWork } from '../../feed/use-view.ts'
import { actorName } from '../actor-name.ts'
import { type Say, useSay } from '../i18n/use-say.ts'
import './people.css'

/** What the people of a team work on, the latest first. */
export function WorkList({ team, view }: { readonly team: TeamView; readonly view: ExerciseView }) {
  const say = useSay()
  const { claims } = useWork(team.id)
  if (claims.length === 0) return <p className="soft">{say('work.none')}</p>
  return (
    <ul className="people">
      {claims.toReversed().map((claim) => (
        <li key={claim.position}>
          <b>
            <bdi>{actorName(say, claim.by)}</bdi>
          </b>
          <span>{subjectText(say, claim, team, view)}</span>
          <span className="soft num">{say('work.from', { time: say.clock(claim.atMs) })}</span>
        </li>
      ))}
    </ul>
  )
}

function subjectText(say: Say, { subject }: Claim, team: TeamView, view: ExerciseView): string {
  const { kind, id } = subject
  if (kind === 'ticket') {
    const ticket = team.tickets.find((known) => known.ticket === id)
    return ticket ? say('work.ticket', { id, name: say.text(ticket.persona.name) }) : id
  }
  if (kind === 'case') return say('people.case', { id })
  const known =
    kind === 'service'
      ? team.services.find((service) => service.id === id)?.title
      : view.injects.find((inject) => inject.id === id)?.title
  return known ? say.text(known) : id
}
