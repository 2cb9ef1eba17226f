import { useSay } from '../kit/i18n/use-say.ts'
import { keepOperatorKey } from './operator-api.ts'

/** Asks for the key of whoever runs the platform. `bad`: the one that was given opens nothing. */
export function AskKey({ bad, onKey }: { readonly bad: boolean; readonly onKey: (key: string) => void }) {
  const say = useSay()
  return (
    <form
      className="card home-key"
      onSubmit={(event) => {
        event.preventDefault()
        const key = String(new FormData(event.currentTarget).get('key') ?? '').trim()
        // The whole link does as well.
        const last = key.split('/').at(-1) ?? ''
        if (last === '') return
        keepOperatorKey(last)
        onKey(last)
      }}
    >
      <h2>{say('home.key.title')}</h2>
      <p>{say(bad ? 'home.key.bad' : 'home.key.text')}</p>
      <label className="field">
        {say('home.key')}
        <input name="key" autoComplete="off" spellCheck={false} maxLength={300} />
      </label>
      <button type="submit" className="button primary">
        {say('home.key.open')}
      </button>
    </form>
  )
}
