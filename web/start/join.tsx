import { useEffect, useState } from 'react'
import type { SeatInfo } from '#exercise/wire/protocol.ts'
import { go, linkInto } from '../app/route.ts'
import { Shell } from '../app/shell.tsx'
import { keepPerson, lastPerson, wasAsked } from '../feed/person.ts'
import { rememberToken } from '../feed/seat-tokens.ts'
import { useFeedState } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { PersonForm } from '../kit/people/person-form.tsx'

/** Page of a seat of an exercise. */
export function pageOf(exercise: string, { seat, team }: SeatInfo): string {
  if (seat === 'white') return linkInto(exercise, 'instructor')
  if (seat === 'blue') return linkInto(exercise, 'team', team)
  return linkInto(exercise, seat === 'observer' ? 'observer' : 'national')
}

/**
 * A join link: once the server has said whose token it is, it asks for a name, once in each browser and exercise; then the token is kept, and leaves the URL
 * and the browser's history. Guests are not asked; who has signed in to a team is asked for a role alone.
 */
export function Join({ token }: { readonly token: string }) {
  const say = useSay()
  const seat = useFeedState((feed) => feed.seat)
  const exercise = useFeedState((feed) => feed.exercise)
  const signedIn = useFeedState((feed) => feed.signedIn)
  const { teams } = useExerciseState()
  const [said, setSaid] = useState(false)
  const asks =
    seat !== null &&
    exercise !== null &&
    seat.seat !== 'guest' &&
    (signedIn === null || seat.seat === 'blue') &&
    !said &&
    !wasAsked(exercise.id)
  useEffect(() => {
    if (!seat || !exercise || asks) return
    rememberToken(exercise, seat, token)
    go(pageOf(exercise.id, seat), true)
  }, [seat, exercise, token, asks])
  if (!asks)
    return (
      <Shell title={say('join.title')} className="join">
        <p>{say('wait')}</p>
      </Shell>
    )
  const team = teams.find(({ id }) => id === seat.team)
  const tell = (person: Parameters<typeof keepPerson>[1]) => {
    keepPerson(exercise.id, person)
    setSaid(true)
  }
  return (
    <Shell title={say('join.title')} className="join">
      <div className="card join-ask">
        <h2>{signedIn ?? say('join.who')}</h2>
        <p>
          {team
            ? say('join.team', { team: say.text(team.name) })
            : say('join.seat', { seat: say(`seat.${seat.seat}`) })}{' '}
          {say(signedIn !== null ? 'join.whyRole' : seat.seat === 'blue' ? 'join.why' : 'join.whyWhite')}
        </p>
        <PersonForm
          known={lastPerson()}
          signedIn={signedIn}
          inTeam={seat.seat === 'blue'}
          send={say('join.go')}
          autoFocus
          onSay={tell}
        />
        {signedIn === null && (
          <button type="button" className="button join-unnamed" onClick={() => tell(null)}>
            {say('join.unnamed')}
          </button>
        )}
      </div>
    </Shell>
  )
}
