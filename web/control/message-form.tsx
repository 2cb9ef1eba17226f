import { useState } from 'react'
import { MESSAGE_LENGTH } from '#exercise/decide/decide-control.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { newId } from '../kit/new-id.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { useKept } from '../kit/use-kept.ts'
import { FreezeControl } from './freeze-control.tsx'
import { SentMessages } from './sent-messages.tsx'
import './control.css'

const ALL = 'all'

/** White writes to teams, to guests, or to both; and holds the public standings back. */
export function MessageForm({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const state = useExerciseState()
  const [text, setText] = useKept(`kilp.message.${view.id}`, '')
  const [to, setTo] = useState<readonly string[]>([ALL])
  const [guests, setGuests] = useState(false)
  const [wantsRead, setWantsRead] = useState(false)
  // One message has one id, however often it is pressed or sent again.
  const [message, setMessage] = useState(() => newId())
  const [sent, setSent] = useState(false)
  const toggle = (id: string) => {
    if (id === ALL) return setTo(to.includes(ALL) ? [] : [ALL])
    const others = to.filter((one) => one !== ALL && one !== id)
    setTo(to.includes(id) ? others : [...others, id])
  }
  const teams = state.teams.map(({ id, name }) => ({ id, name: say.text(name) }))
  const whom = to.length > 0 || guests
  const most = guests ? MESSAGE_LENGTH.guests : MESSAGE_LENGTH.teams
  return (
    <>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          const data = { message, teams: to.includes(ALL) ? null : to, guests, text, wantsRead }
          void send({ type: 'send-message', data }).then((ok) => {
            setSent(ok)
            if (!ok) return
            setText('')
            setMessage(newId())
          })
        }}
      >
        <label className="field">
          {say('message.text')}
          <textarea
            rows={4}
            maxLength={most}
            required
            value={text}
            onChange={(event) => {
              setText(event.target.value)
              setSent(false)
            }}
          />
        </label>
        <fieldset className="message-to">
          <legend>{say('message.to')}</legend>
          {[{ id: ALL, name: say('message.allTeams') }, ...teams].map(({ id, name }) => (
            <label key={id} className="check">
              <input type="checkbox" checked={to.includes(id)} onChange={() => toggle(id)} />
              {name}
            </label>
          ))}
          <label className="check">
            <input type="checkbox" checked={guests} onChange={() => setGuests(!guests)} />
            {say('message.guests')}
          </label>
        </fieldset>
        <label className="check">
          <input type="checkbox" checked={wantsRead} onChange={() => setWantsRead(!wantsRead)} />
          {say('message.wantsRead')}
        </label>
        <button
          type="submit"
          className="button primary"
          disabled={busy || text.trim() === '' || text.length > most || !whom || view.phase === 'ended'}
        >
          {say('message.send')}
        </button>
        <p role="status" className="soft">
          {sent ? say('message.sent') : text.length > most ? say('refusal.message-empty', { max: most }) : ''}
        </p>
        <RefusalText refusal={refusal} />
      </form>
      <SentMessages />
      <FreezeControl view={view} />
    </>
  )
}
