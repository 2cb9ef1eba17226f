import { useState } from 'react'
import { EXERCISE_NAME_LENGTH } from '#exercise/scenario/written-name.ts'
import type { ExerciseSummary } from '#exercise/wire/protocol.ts'
import { useSay } from '../kit/i18n/use-say.ts'

/** Where an exercise's own name is written; without one it is called as its scenario. */
export function NameField(props: {
  readonly placeholder: string
  readonly value: string
  readonly onValue: (name: string) => void
}) {
  const say = useSay()
  return (
    <label className="field home-name">
      {say('home.name')}
      <input
        maxLength={EXERCISE_NAME_LENGTH}
        autoComplete="off"
        placeholder={props.placeholder}
        value={props.value}
        onChange={({ target }) => props.onValue(target.value)}
      />
    </label>
  )
}

/** Another name for an exercise that is there; folded away. */
export function NameForm(props: {
  readonly exercise: Pick<ExerciseSummary, 'name' | 'title'>
  readonly busy: boolean
  readonly onName: (name: string | null) => void
}) {
  const say = useSay()
  const { name, title } = props.exercise
  const [written, setWritten] = useState<string | null>(null)
  return (
    <details>
      <summary>{say('home.name.change')}</summary>
      <form
        className="home-ways"
        onSubmit={(event) => {
          event.preventDefault()
          const wanted = (written ?? name ?? '').trim()
          setWritten(null)
          props.onName(wanted === '' ? null : wanted)
        }}
      >
        <NameField placeholder={say.text(title)} value={written ?? name ?? ''} onValue={setWritten} />
        <button type="submit" className="button" disabled={props.busy}>
          {say('person.keep')}
        </button>
      </form>
    </details>
  )
}
