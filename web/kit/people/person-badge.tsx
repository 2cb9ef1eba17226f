import { UserRound } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { keepPerson, lastPerson, usePerson } from '../../feed/person.ts'
import { useFeedState } from '../../feed/use-feed.tsx'
import { useHere } from '../../feed/use-here.ts'
import '../confirm.css'
import { isolated, useSay } from '../i18n/use-say.ts'
import { useAhead } from '../later-part.tsx'
import { LaterSheet, SHEETS } from '../later-sheet.ts'
import { PersonForm } from './person-form.tsx'

/** Who is before this page, and the quiet way to say so or to change it. Guests are nobody. Who has signed in is whom their account names, and in a team says their role. */
export function PersonBadge() {
  const say = useSay()
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  useHere()
  useAhead(SHEETS)
  const seat = useFeedState((feed) => feed.seat)
  const exercise = useFeedState((feed) => feed.exercise?.id ?? null)
  const signedIn = useFeedState((feed) => feed.signedIn)
  const person = usePerson(exercise)
  if (!seat || seat.seat === 'guest' || exercise === null) return null
  if (signedIn !== null && seat.seat !== 'blue')
    return (
      <span className="person-badge soft">
        <UserRound aria-hidden="true" size="1.1em" />
        <bdi>{signedIn}</bdi>
      </span>
    )
  const name = signedIn ?? person?.name
  return (
    <>
      <Button
        className="button person-badge"
        aria-label={name ? say('person.change', { name: isolated(name) }) : say('person.say')}
        aria-haspopup="dialog"
        onPress={() => setOpen(true)}
      >
        <UserRound aria-hidden="true" size="1.1em" />
        <bdi className="person-badge-name">{name ?? say('person.say')}</bdi>
      </Button>
      {open && (
        <LaterSheet title={signedIn ?? say('person.title')} onClose={close}>
          <PersonForm
            known={person ?? lastPerson()}
            signedIn={signedIn}
            inTeam={seat.seat === 'blue'}
            send={say('person.keep')}
            autoFocus
            onSay={(said) => {
              keepPerson(exercise, said)
              close()
            }}
          />
          <div className="modal-buttons">
            <Button className="button" onPress={close}>
              {say('confirm.no')}
            </Button>
          </div>
        </LaterSheet>
      )}
    </>
  )
}
