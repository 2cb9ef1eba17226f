import { useState } from 'react'
import { useSender } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'

/** A remark for white, stamped with exercise time. */
export function NoteForm() {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const notes = useExerciseState().notes
  const [text, setText] = useState('')
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        void send({ type: 'add-note', data: { text } }).then((ok) => {
          if (ok) setText('')
        })
      }}
    >
      <label className="field">
        {say('note.text')}
        <textarea
          rows={3}
          maxLength={2000}
          required
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <button type="submit" className="button primary" disabled={busy || text.trim() === ''}>
        {say('note.send')}
      </button>
      <RefusalText refusal={refusal} />
      <ol className="notes">
        {notes.toReversed().map((note) => (
          <li key={note.position}>
            <span className="soft num">{say.clock(note.atMs)}</span> {note.text}
          </li>
        ))}
      </ol>
    </form>
  )
}
