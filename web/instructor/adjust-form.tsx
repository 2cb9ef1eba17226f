import { useState } from 'react'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { countedCategories } from '../kit/categories.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'

/** Adds or takes points, with a reason that everybody reads. It is an event like any other: nothing is changed in place. */
export function AdjustForm({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const [taken, setTaken] = useState(false)
  const { scenario, teams } = useExerciseState()
  const categories = countedCategories(scenario.scoring)
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        const form = event.currentTarget
        const data = new FormData(form)
        const team = teams.find(({ id }) => id === data.get('team'))
        const category = categories.find((known) => known === data.get('category'))
        if (!category || !team) return
        const points = Number(data.get('points'))
        const reason = String(data.get('reason'))
        void send({
          type: 'adjust-score',
          data: { team: team.id, category, points, reason, seen: team.adjustments.length },
        }).then((ok) => {
          setTaken(ok)
          if (ok) form.reset()
        })
      }}
    >
      <label className="field">
        {say('standings.team')}
        <select name="team" required>
          {view.teams.map((team) => (
            <option key={team.id} value={team.id}>
              {say.text(team.name)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {say('adjust.category')}
        <select name="category" required>
          {categories.map((category) => (
            <option key={category} value={category}>
              {say(`category.${category}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {say('adjust.points')}
        <input name="points" type="number" step={1} required />
      </label>
      <label className="field">
        {say('adjust.reason')}
        <textarea name="reason" rows={2} maxLength={500} required />
      </label>
      <button type="submit" className="button primary" disabled={busy}>
        {say('adjust.send')}
      </button>
      {taken && <p role="status">{say('form.taken')}</p>}
      <RefusalText refusal={refusal} />
    </form>
  )
}
