import { OBSERVATION_LENGTH } from '#exercise/decide/decide-observation.ts'
import { OBSERVATION_KINDS } from '#exercise/ledger/observation-events.ts'
import { useSender } from '../../feed/use-feed.tsx'
import { useExerciseState } from '../../feed/use-view.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { newId } from '../../kit/new-id.ts'
import { RefusalText } from '../../kit/refusal.tsx'
import { useKept } from '../../kit/use-kept.ts'

/** What white saw by itself. What else belongs to it is written in the table then. */
export function NewLine() {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const { exerciseId } = useExerciseState()
  // The id is kept with the text: pressed again after a lost answer, it is recorded once. What says something else is another one.
  const [written, setWritten] = useKept(`kilp.observation.${exerciseId}`, {
    ...{ observation: '', kind: 'improvement', text: '' },
  })
  const { text } = written
  const kind = OBSERVATION_KINDS.find((one) => one === written.kind) ?? 'improvement'
  return (
    <form
      className="plan-new"
      onSubmit={(event) => {
        event.preventDefault()
        const observation = written.observation || newId()
        setWritten({ ...written, observation })
        const data = { observation, source: null, kind, text, recommendation: '', owner: '', due: '' }
        void send({ type: 'record-observation', data }).then((ok) => {
          if (ok) setWritten({ observation: '', kind: 'improvement', text: '' })
        })
      }}
    >
      <label className="field">
        {say('plan.new')}
        <textarea
          rows={2}
          maxLength={OBSERVATION_LENGTH.text}
          required
          value={text}
          onChange={(event) => setWritten({ observation: '', kind, text: event.target.value })}
        />
      </label>
      <label className="field">
        {say('plan.kind')}
        <select
          value={kind}
          onChange={(event) => setWritten({ observation: '', kind: event.target.value, text })}
        >
          {OBSERVATION_KINDS.map((one) => (
            <option key={one} value={one}>
              {say(`plan.kind.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="button primary" disabled={busy || text.trim() === ''}>
        {say('plan.add')}
      </button>
      <RefusalText refusal={refusal} />
    </form>
  )
}
