import { useState } from 'react'
import type { AppealState } from '#exercise/fold/appeal-state.ts'
import type { AppealSubject } from '#exercise/ledger/people-events.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useMay } from '../feed/use-may.ts'
import { useAppeals } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import './appeals.css'

/** A team's appeals on a grade or a line of its score with their answers, and where it makes one. */
export function AppealBox({
  team,
  subject,
  whole,
}: {
  readonly team: string
  readonly subject: AppealSubject
  /** All that there was to get was given: there is nothing to appeal for. */
  readonly whole: boolean
}) {
  const say = useSay()
  const appeals = useAppeals(team, subject)
  const may = useMay('make-appeal', team) && !whole
  const { send, busy, refusal } = useSender()
  const [writing, setWriting] = useState(false)
  const [text, setText] = useState('')
  const open = appeals.some(({ answer }) => answer === null)
  return (
    <div className="appeals">
      {appeals.map((appeal) => (
        <Appeal key={appeal.appeal} appeal={appeal} />
      ))}
      {may && !open && !writing && (
        <button type="button" className="button" onClick={() => setWriting(true)}>
          {say('appeal.make')}
        </button>
      )}
      {may && !open && writing && (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void send({ type: 'make-appeal', data: { team, subject, text } }).then((taken) => {
              if (!taken) return
              setWriting(false)
              setText('')
            })
          }}
        >
          <label className="field">
            {say('appeal.why')}
            <textarea
              rows={3}
              maxLength={2_000}
              value={text}
              required
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          <div>
            <button type="submit" className="button primary" disabled={busy || text.trim() === ''}>
              {say('appeal.send')}
            </button>
            <button type="button" className="button" onClick={() => setWriting(false)}>
              {say('appeal.cancel')}
            </button>
          </div>
          <RefusalText refusal={refusal} />
        </form>
      )}
    </div>
  )
}

/** One appeal and what came of it. */
export function Appeal({ appeal }: { readonly appeal: AppealState }) {
  const say = useSay()
  const { answer } = appeal
  const told = {
    appeal: appeal.appeal,
    made: say.clock(appeal.atMs),
    time: answer ? say.clock(answer.atMs) : '',
  }
  return (
    <div className="appeal">
      <p>
        <b>{say(answer ? `appeal.${answer.outcome}` : 'appeal.open', told)}</b>
      </p>
      <p>{appeal.text}</p>
      {answer && (
        <p>
          <b>{say.head(say('appeal.answer'))}</b>
          {answer.text}
        </p>
      )}
    </div>
  )
}
