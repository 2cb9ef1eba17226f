import { UserRound } from 'lucide-react'
import { Button, Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { keepPerson, lastPerson, usePerson } from '../../feed/person.ts'
import { useFeedState } from '../../feed/use-feed.tsx'
import { useHere } from '../../feed/use-here.ts'
import '../confirm.css'
import { isolated, useSay } from '../i18n/use-say.ts'
import { PersonForm } from './person-form.tsx'

/** Who is before this page, and the quiet way to say so or to change it. Guests are nobody. Who has signed in is whom their account names, and in a team says their role. */
export function PersonBadge() {
  const say = useSay()
  useHere()
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
    <DialogTrigger>
      <Button
        className="button person-badge"
        aria-label={name ? say('person.change', { name: isolated(name) }) : say('person.say')}
      >
        <UserRound aria-hidden="true" size="1.1em" />
        <bdi className="person-badge-name">{name ?? say('person.say')}</bdi>
      </Button>
      <ModalOverlay className="veil" isDismissable>
        <Modal className="modal card">
          <Dialog>
            {({ close }) => (
              <>
                <Heading slot="title">{signedIn ?? say('person.title')}</Heading>
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
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  )
}
