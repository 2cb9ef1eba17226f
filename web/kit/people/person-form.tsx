import { useId, useState } from 'react'
import { ROLES } from '#exercise/scenario/inject.ts'
import { NAME_LENGTH, type Person, personName, roleOf } from '#exercise/wire/person.ts'
import { useSay } from '../i18n/use-say.ts'
import './people.css'

/** Asks for a name and, in a team, for a role. Nothing that can not be a name is given to `onSay`. Whoever has signed in has their name already. */
export function PersonForm(props: {
  readonly known: Person | null
  /** The name that their account gives them. */
  readonly signedIn: string | null
  /** A team has roles. */
  readonly inTeam: boolean
  readonly send: string
  readonly autoFocus?: boolean
  readonly onSay: (person: Person) => void
}) {
  const say = useSay()
  const hint = useId()
  const [name, setName] = useState(props.signedIn ?? props.known?.name ?? '')
  const [role, setRole] = useState(props.known?.role ?? null)
  const [wrong, setWrong] = useState(false)
  return (
    <form
      className="form person-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const said = personName(name)
        setWrong(said === null)
        if (said !== null) props.onSay({ name: said, role: props.inTeam ? role : null })
      }}
    >
      {props.signedIn === null && (
        <>
          <label className="field">
            {say('person.name')}
            <input
              name="name"
              autoComplete="name"
              dir="auto"
              required
              // Somewhat more than is taken: who pastes too much is told so, and nothing is cut off unseen.
              maxLength={NAME_LENGTH * 3}
              value={name}
              aria-describedby={hint}
              aria-invalid={wrong}
              ref={(input) => {
                if (props.autoFocus) focusOnce(input)
              }}
              onChange={(event) => setName(event.target.value)}
            />
          </label>
          <p id={hint} className={wrong ? 'refusal' : 'soft small'} role={wrong ? 'alert' : undefined}>
            {say(wrong ? 'person.badName' : 'person.who', { max: NAME_LENGTH })}
          </p>
        </>
      )}
      {props.inTeam && (
        <label className="field">
          {say('person.role')}
          <select value={role ?? ''} onChange={(event) => setRole(roleOf(event.target.value))}>
            <option value="">{say('person.noRole')}</option>
            {ROLES.map((known) => (
              <option key={known} value={known}>
                {say(`inbox.role.${known}`)}
              </option>
            ))}
          </select>
        </label>
      )}
      <button type="submit" className="button primary">
        {props.send}
      </button>
    </form>
  )
}

const focused = new WeakSet<HTMLInputElement>()
/** When it appears, and not again at every change. */
function focusOnce(input: HTMLInputElement | null): void {
  if (!input || focused.has(input)) return
  focused.add(input)
  input.focus()
}
