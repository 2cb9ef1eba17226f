import { useState } from 'react'
import { clockMs, clockText } from '#exercise/scenario/clock-text.ts'
import type { TeamView } from '#exercise/views/views.ts'
import { useSender } from '../../feed/use-feed.tsx'
import { useAtMs, useExerciseState } from '../../feed/use-view.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { RefusalText } from '../../kit/refusal.tsx'
import { SelectOne } from '../../kit/select-one.tsx'

/** Opens a case by hand: what somebody has noticed that no check has. */
export function OpenCaseForm(props: { readonly team: TeamView; readonly onOpened: () => void }) {
  const say = useSay()
  const { team } = props
  const atMs = useAtMs()
  const seen = useExerciseState().teams.find(({ id }) => id === team.id)?.cases.byHand ?? 0
  const { send, busy, refusal } = useSender()
  const [title, setTitle] = useState('')
  const [service, setService] = useState('')
  const [since, setSince] = useState(() => clockText(atMs))
  const sinceMs = clockMs(since)
  return (
    <form
      className="form card cases-new"
      onSubmit={(event) => {
        event.preventDefault()
        if (sinceMs === null) return
        const data = { team: team.id, title, service: service === '' ? null : service, sinceMs, seen }
        void send({ type: 'open-case', data }).then((opened) => opened && props.onOpened())
      }}
    >
      <label className="field">
        {say('case.new.title')}
        <input required maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <div className="cases-new-where">
        <SelectOne
          label={say('case.new.service')}
          none={say('case.new.noService')}
          value={service}
          onChange={setService}
          options={team.services.map(({ id, title: name }) => [id, say.text(name)])}
        />
        <label className="field">
          {say('case.new.since')}
          <input
            required
            maxLength={10}
            value={since}
            aria-invalid={sinceMs === null}
            onChange={(event) => setSince(event.target.value)}
          />
        </label>
      </div>
      {sinceMs === null && <p className="refusal">{say('logs.momentBad')}</p>}
      <button
        type="submit"
        className="button primary"
        disabled={busy || title.trim() === '' || sinceMs === null}
      >
        {say('case.new.open')}
      </button>
      <RefusalText refusal={refusal} />
    </form>
  )
}
