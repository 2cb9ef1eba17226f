import { IdCard } from 'lucide-react'
import { useState } from 'react'
import { useSay } from '../kit/i18n/use-say.ts'
import { SelectOne } from '../kit/select-one.tsx'
import type { Citizen } from './use-visit.ts'

const ROLES = ['worker', 'parent', 'elder', 'resident', 'doctor', 'teacher'] as const

/** Whom to be, and the card that says so. */
export function CitizenSignIn(props: {
  readonly people: readonly Citizen[]
  /** Personal code of who is signed in. */
  readonly person: string | null
  readonly busy: boolean
  readonly onPerson: (person: string | null) => void
}) {
  const say = useSay()
  const [chosen, setChosen] = useState(props.people[0]?.code ?? '')
  const nameOf = ({ name, role }: Citizen) => {
    const known = ROLES.find((one) => one === role)
    return known ? say('citizen.person', { name, role: say(`citizen.role.${known}`) }) : name
  }
  const now = props.people.find(({ code }) => code === props.person)
  if (props.people.length === 0) return null
  return (
    <div className="citizen-person">
      <SelectOne
        label={say('citizen.as')}
        none={say('citizen.nobody')}
        value={chosen}
        onChange={setChosen}
        options={props.people.map((one) => [one.code, nameOf(one)])}
      />
      <button
        type="button"
        className="button primary"
        disabled={props.busy || chosen === ''}
        onClick={() => props.onPerson(chosen)}
      >
        <IdCard aria-hidden="true" size="1.1em" />
        {say(props.busy ? 'citizen.signingIn' : 'citizen.signIn')}
      </button>
      {now && (
        <button type="button" className="button" disabled={props.busy} onClick={() => props.onPerson(null)}>
          {say('citizen.signOut', { name: now.name })}
        </button>
      )}
    </div>
  )
}
