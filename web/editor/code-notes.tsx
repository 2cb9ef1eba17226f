import { useSay } from '../kit/i18n/use-say.ts'
import type { SourcesHere } from './use-sources.ts'

/** What is to be known of the file that is open, above its text. */
export function CodeNotes(props: {
  readonly sources: SourcesHere
  readonly readOnly: boolean
  /** Why, where it is read only: it is a replay, it is over, or time stands still. */
  readonly why: 'refusal.replay' | 'editor.readOnly.over' | 'editor.readOnly.still'
  /** Not the team itself. */
  readonly helping: boolean
}) {
  const say = useSay()
  const { file, conflict, done, dirty, busy, overwrite, discard } = props.sources
  const gone = file !== null && file.text === null && file.start !== null && !conflict
  return (
    <>
      <p className="soft small code-keys">{say('editor.keys')}</p>
      {props.readOnly && (
        <p role="status" className="code-note">
          {say(props.why)}
        </p>
      )}
      {props.helping && !props.readOnly && <p className="code-note">{say('editor.helping')}</p>}
      {gone && <p className="code-note">{say('editor.gone')}</p>}
      {conflict && file && (
        <div role="alert" className="code-conflict">
          <p>{say(conflict.theirs ? 'editor.conflict' : 'editor.conflictGone', { file: file.path })}</p>
          <div className="code-conflict-buttons">
            <button
              type="button"
              className="button primary"
              disabled={busy || props.readOnly}
              onClick={() => void overwrite()}
            >
              {say('editor.overwrite')}
            </button>
            <button type="button" className="button" disabled={busy} onClick={discard}>
              {say('editor.takeTheirs')}
            </button>
          </div>
        </div>
      )}
      <p role="status" className={done && !conflict ? 'soft' : 'hidden'}>
        {done && !conflict && (done.what !== 'saved' || !dirty)
          ? say(`editor.${done.what}`, { file: done.file })
          : ''}
      </p>
    </>
  )
}
