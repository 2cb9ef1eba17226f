import { useState } from 'react'
import { entryKey } from '#exercise/fold/changes.ts'
import type { Note } from '#exercise/fold/small-state.ts'
import type { NoteAbout } from '#exercise/ledger/control-events.ts'
import type { EntryRef } from '#exercise/scenario/trigger.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { actorName } from '../kit/actor-name.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { SelectOne } from '../kit/select-one.tsx'
import { useKept } from '../kit/use-kept.ts'
import './control.css'

/** A remark for white, stamped with exercise time; about a team, an entry of the timeline, both, or neither. */
export function NotesPanel() {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const { exerciseId, notes, scenario, teams } = useExerciseState()
  const [text, setText] = useKept(`kilp.note.${exerciseId}`, '')
  const [team, setTeam] = useState('')
  const [entry, setEntry] = useState('')
  const entries = [
    ...scenario.attacks.map(({ id, title }) => ({ ref: { kind: 'attack', id } as EntryRef, title })),
    ...scenario.injects.map(({ id, title }) => ({ ref: { kind: 'inject', id } as EntryRef, title })),
    ...scenario.world.map(({ id, title }) => ({ ref: { kind: 'world', id } as EntryRef, title })),
    ...scenario.phases.map(({ id, title }) => ({ ref: { kind: 'phase', id } as EntryRef, title })),
  ]
  const chosen = entries.find(({ ref }) => entryKey(ref) === entry)?.ref ?? null
  const about: NoteAbout | undefined =
    team !== '' || chosen ? { team: team === '' ? null : team, entry: chosen } : undefined
  const aboutText = ({ about: of }: Note): string => {
    const one = teams.find(({ id }) => id === of?.team)
    const what = of?.entry && entries.find(({ ref }) => entryKey(ref) === (of.entry && entryKey(of.entry)))
    return [one && say.text(one.name), what && say.text(what.title)].filter(Boolean).join(' · ')
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        void send({ type: 'add-note', data: { text, ...(about && { about }) } }).then((ok) => {
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
      <SelectOne
        label={say('note.team')}
        none={say('note.nothing')}
        value={team}
        onChange={setTeam}
        options={teams.map(({ id, name }) => [id, say.text(name)])}
      />
      <SelectOne
        label={say('note.entry')}
        none={say('note.nothing')}
        value={entry}
        onChange={setEntry}
        options={entries.map(({ ref, title }) => [entryKey(ref), say.text(title)])}
      />
      <button type="submit" className="button primary" disabled={busy || text.trim() === ''}>
        {say('note.send')}
      </button>
      <RefusalText refusal={refusal} />
      <ol className="notes">
        {notes.toReversed().map((note) => (
          <li key={note.position}>
            <span className="soft num">{say.clock(note.atMs)}</span>{' '}
            <span className="soft">
              {[actorName(say, note.by), aboutText(note)].filter(Boolean).join(' · ')}
            </span>
            <br />
            <span className="control-text">{note.text}</span>
          </li>
        ))}
      </ol>
    </form>
  )
}
