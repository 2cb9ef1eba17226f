import { useState } from 'react'
import type { Handover } from '#exercise/fold/team-work.ts'
import { keyInExercise } from '../../app/route.ts'
import { useSender } from '../../feed/use-feed.tsx'
import { useMay } from '../../feed/use-may.ts'
import { useExerciseState, useWork } from '../../feed/use-view.ts'
import { actorName } from '../actor-name.ts'
import { useSay } from '../i18n/use-say.ts'
import { keep, kept } from '../kept-text.ts'
import { RefusalText } from '../refusal.tsx'
import './people.css'

const LENGTH = 4_000

/** What the last shift wrote for this one; nothing while there is no note. */
export function LastHandover({ team }: { readonly team: string }) {
  const say = useSay()
  const last = useWork(team).handovers.at(-1)
  if (!last) return null
  return (
    <section className="card handover-last" aria-label={say('handover.title')}>
      <h2>{say('handover.title')}</h2>
      <Note note={last} />
    </section>
  )
}

/** The notes from shift to shift, newest first, and the field for the next. */
export function Handovers({ team }: { readonly team: string }) {
  const say = useSay()
  const { handovers } = useWork(team)
  const may = useMay('write-handover', team)
  const over = useExerciseState().phase === 'ended'
  const [last, ...earlier] = handovers.toReversed()
  return (
    <section className="handover" aria-labelledby="handovers">
      <h2 id="handovers">{say('handover.all')}</h2>
      {last ? <Note note={last} /> : <p className="soft">{say('handover.none')}</p>}
      {may && !over && <Write team={team} />}
      {earlier.length > 0 && (
        <details>
          <summary>{say('handover.earlier', { count: earlier.length })}</summary>
          <ol className="handover-earlier">
            {earlier.map((note) => (
              <li key={note.position}>
                <Note note={note} />
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  )
}

function Note({ note }: { readonly note: Handover }) {
  const say = useSay()
  return (
    <>
      <p className="soft small">
        {say('handover.by', { name: actorName(say, note.by), time: say.clock(note.atMs) })}
      </p>
      <p className="handover-text" dir="auto">
        {note.text}
      </p>
    </>
  )
}

/** What is being written stays over a reload of the page, until it is sent. */
function Write({ team }: { readonly team: string }) {
  const say = useSay()
  const { written } = useWork(team)
  const { send, busy, refusal } = useSender()
  const key = keyInExercise(`kilp.handover.${team}`)
  const [text, setText] = useState(() => kept(key) ?? '')
  const change = (to: string) => {
    setText(to)
    keep(key, to)
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        void send({ type: 'write-handover', data: { team, text, seen: written } }).then((ok) => {
          if (ok) change('')
        })
      }}
    >
      <label className="field">
        {say('handover.write')}
        <textarea
          rows={6}
          maxLength={LENGTH}
          dir="auto"
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      </label>
      <button type="submit" className="button primary" disabled={busy || text.trim() === ''}>
        {say('handover.send')}
      </button>
      <RefusalText refusal={refusal} />
    </form>
  )
}
