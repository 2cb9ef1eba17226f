import { keyInExercise } from '../../app/route.ts'
import { useSender } from '../../feed/use-feed.tsx'
import { useMay } from '../../feed/use-may.ts'
import { actorName } from '../../kit/actor-name.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { OneClock } from '../../kit/one-clock.tsx'
import { RefusalText } from '../../kit/refusal.tsx'
import { useKept } from '../../kit/use-kept.ts'
import type { DeskOf } from './desk-of.ts'

const LENGTH = 2_000

/** What the team wrote of a case, oldest first, and the field for more. What is being written stays over a reload. */
export function CaseNotes({ team, view, one }: DeskOf) {
  const say = useSay()
  const may = useMay('note-case', team.id) && view.phase !== 'ended'
  const { send, busy, refusal } = useSender()
  const [text, setText] = useKept(keyInExercise(`kilp.case.${team.id}.${one.case}`), '')
  return (
    <div className="desk-notes">
      {one.notes.length === 0 && <p className="soft">{say('case.note.none')}</p>}
      <ol>
        {one.notes.map((note) => (
          <li key={note.position}>
            <p className="soft small">
              <bdi>{actorName(say, note.by)}</bdi>, <OneClock atMs={note.atMs} />
            </p>
            <p className="desk-note" dir="auto">
              {note.text}
            </p>
          </li>
        ))}
      </ol>
      {may && (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            const data = { team: team.id, case: one.case, text, seen: one.notes.length }
            void send({ type: 'note-case', data }).then((taken) => taken && setText(''))
          }}
        >
          <label className="field">
            {say('case.note.write')}
            <textarea
              rows={3}
              maxLength={LENGTH}
              dir="auto"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </label>
          <button type="submit" className="button" disabled={busy || text.trim() === ''}>
            {say('case.note.add')}
          </button>
          <RefusalText refusal={refusal} />
        </form>
      )}
    </div>
  )
}
