import { CalendarClock } from 'lucide-react'
import { useState } from 'react'
import { useSender } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'

/** Before the start: white says at which moment it starts by itself, and takes that back. */
export function PlannedStart() {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const { plannedStart, startMissed } = useExerciseState()
  const [at, setAt] = useState('')
  const plan = (atWall: number | null) => void send({ type: 'plan-start', data: { atWall } })
  return (
    <form
      className="transport-plan"
      onSubmit={(event) => {
        event.preventDefault()
        plan(new Date(at).getTime())
      }}
    >
      {startMissed && <span role="status">{say('begins.missed')}</span>}
      <label className="field">
        <span className="soft small">{say('begins.at')}</span>
        <input type="datetime-local" required value={at} onChange={({ target }) => setAt(target.value)} />
      </label>
      <button type="submit" className="button" disabled={busy}>
        <CalendarClock aria-hidden="true" size="1.1em" />
        {say('begins.plan')}
      </button>
      {plannedStart !== null && (
        // When that is stands above, on this page as on all others.
        <button type="button" className="button" disabled={busy} onClick={() => plan(null)}>
          {say('begins.unplan')}
        </button>
      )}
      <RefusalText refusal={refusal} />
    </form>
  )
}
