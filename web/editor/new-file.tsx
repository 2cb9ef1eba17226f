import { type FormEvent, useState } from 'react'
import { isSourcePath } from '#exercise/scenario/source-path.ts'
import { useSay } from '../kit/i18n/use-say.ts'

/** Begins a file that is not there; it is made when it is saved. */
export function NewFile(props: {
  readonly taken: readonly string[]
  readonly disabled: boolean
  readonly onCreate: (path: string) => void
}) {
  const say = useSay()
  const [path, setPath] = useState('')
  const [wrong, setWrong] = useState<'badPath' | 'exists' | null>(null)
  const create = (event: FormEvent) => {
    event.preventDefault()
    const wanted = path.trim()
    const why = !isSourcePath(wanted) ? 'badPath' : props.taken.includes(wanted) ? 'exists' : null
    setWrong(why)
    if (why) return
    setPath('')
    props.onCreate(wanted)
  }
  return (
    <form className="code-new" onSubmit={create}>
      <label className="field">
        {say('editor.new')}
        <input
          value={path}
          placeholder={say('editor.newHint')}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-invalid={wrong !== null}
          aria-describedby={wrong ? 'code-new-wrong' : undefined}
          onChange={(event) => setPath(event.target.value)}
        />
      </label>
      <button type="submit" className="button" disabled={props.disabled || path.trim() === ''}>
        {say('editor.create')}
      </button>
      {wrong && (
        <p id="code-new-wrong" role="alert" className="refusal">
          {say(`editor.${wrong}`)}
        </p>
      )}
    </form>
  )
}
