import { useRef } from 'react'
import type { DraftField } from '#exercise/fold/inject-state.ts'
import { useFeedState } from '../feed/use-feed.tsx'
import { actorName } from '../kit/actor-name.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { useCaret } from './use-caret.ts'
import type { DraftText } from './use-draft-field.ts'

/** A field of an answer that several people may write: who wrote last, what others wrote before, and what to do when both write. */
export function DraftArea(props: {
  readonly label: string
  readonly draft: DraftText
  readonly saved: DraftField | undefined
  readonly maxLength: number
  readonly rows: number
  readonly disabled: boolean
}) {
  const say = useSay()
  const { draft, saved } = props
  const area = useRef<HTMLTextAreaElement>(null)
  const note = useCaret(area, draft.text)
  return (
    <div className="draft">
      <label className="field">
        {props.label}
        <textarea
          ref={area}
          rows={props.rows}
          maxLength={props.maxLength}
          value={draft.text}
          disabled={props.disabled}
          onSelect={note}
          onChange={(event) => {
            note()
            draft.write(event.target.value)
          }}
        />
      </label>
      <DraftState draft={draft} saved={saved} />
      {saved && saved.earlier.length > 0 && (
        <details>
          <summary>{say('inbox.draft.earlier')}</summary>
          <ol className="draft-earlier">
            {saved.earlier.toReversed().map((one) => (
              <li key={`${one.atMs}-${one.text.length}`}>
                <p className="soft">
                  {actorName(say, one.by)}, {say.clock(one.atMs)}
                </p>
                <p className="written">{one.text}</p>
                <button type="button" className="button" onClick={() => draft.write(one.text)}>
                  {say('inbox.draft.takeBack')}
                </button>
              </li>
            ))}
          </ol>
        </details>
      )}
    </div>
  )
}

/** How a draft of a field stands: who writes there, what another wrote meanwhile, and whether it is kept. */
export function DraftState({
  draft,
  saved,
}: {
  readonly draft: DraftText
  readonly saved: DraftField | undefined
}) {
  const say = useSay()
  const live = useFeedState((feed) => feed.connection === 'live')
  const { elsewhere, writer } = draft
  return (
    <>
      {elsewhere && (
        <div className="draft-elsewhere" role="status">
          <p>{say('inbox.draft.elsewhere', { name: actorName(say, elsewhere.by) })}</p>
          <button type="button" className="button" onClick={draft.takeTheirs}>
            {say('inbox.draft.showTheirs')}
          </button>{' '}
          <button type="button" className="button" onClick={draft.keepOurs}>
            {say('inbox.draft.keepOurs')}
          </button>
        </div>
      )}
      <p className="soft draft-state">
        {stateText()}
        {writer && (
          <b className="draft-writer">{say('inbox.draft.writes', { name: actorName(say, writer) })}</b>
        )}
      </p>
      <RefusalText refusal={draft.refusal} />
    </>
  )

  function stateText(): string {
    if (draft.refusal) return ''
    if (draft.saving) return say(live ? 'inbox.draft.saving' : 'inbox.draft.away')
    return saved ? say('inbox.draft.by', { name: actorName(say, saved.by), time: say.clock(saved.atMs) }) : ''
  }
}
