import { useState } from 'react'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { newId } from '../kit/new-id.ts'
import { RefusalText } from '../kit/refusal.tsx'

/** A further seat for a team, or for somebody who watches. Its join link appears in the list above. */
export function NewSeat({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const [issued, setIssued] = useState(false)
  return (
    <form
      className="form new-seat"
      aria-label={say('seats.new')}
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        const data = new FormData(form)
        const team = view.teams.find((known) => known.id === data.get('for'))
        void send({
          type: 'issue-seat',
          data: {
            seatId: newId(),
            seat: team ? 'blue' : 'observer',
            team: team?.id ?? null,
            label: String(data.get('label')).trim(),
          },
        }).then((ok) => {
          setIssued(ok)
          if (ok) form.reset()
        })
      }}
    >
      <h3>{say('seats.new')}</h3>
      <label className="field">
        {say('seats.for')}
        <select name="for">
          {view.teams.map((team) => (
            <option key={team.id} value={team.id}>
              {say('seats.blue', { team: say.text(team.name) })}
            </option>
          ))}
          <option value="">{say('seat.observer')}</option>
        </select>
      </label>
      <label className="field">
        {say('seats.label')}
        <input name="label" maxLength={80} required autoComplete="off" />
      </label>
      <button type="submit" className="button primary" disabled={busy}>
        {say('seats.issue')}
      </button>
      {issued && <p role="status">{say('seats.issued')}</p>}
      <RefusalText refusal={refusal} />
    </form>
  )
}
