import type { AnswerContent } from '#exercise/ledger/answer.ts'
import type { InboxItem } from '#exercise/views/inbox-view.ts'
import { useSender } from '../feed/use-feed.tsx'
import { actorName } from '../kit/actor-name.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'

/** What each form of an answer needs. */
export interface AnswerProps {
  readonly team: string
  readonly item: InboxItem
  /** It is being sent; false: it was refused. */
  readonly onSending: (underWay: boolean) => void
}

/** The form around the fields of an answer, with the button that sends it. */
export function Sending(
  props: AnswerProps & {
    readonly content: () => AnswerContent
    readonly empty: boolean
    readonly children: React.ReactNode
  },
) {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const { team, item, onSending } = props
  const last = item.answers.at(-1)
  return (
    <form
      className="answer-form"
      onSubmit={(event) => {
        event.preventDefault()
        const data = { team, inject: item.inject, content: props.content(), seen: item.answers.length }
        onSending(true)
        void send({ type: 'answer-inject', data }).then((taken) => {
          if (!taken) onSending(false)
        })
      }}
    >
      {props.children}
      <div className="answer-send">
        <button type="submit" className="button primary" disabled={busy || props.empty}>
          {say(last ? 'inbox.again' : 'inbox.send')}
        </button>
        {last && (
          <span className="soft" role="status">
            {say('inbox.sentBy', { name: actorName(say, last.by), time: say.clock(last.atMs) })}
          </span>
        )}
      </div>
      <RefusalText refusal={refusal} />
    </form>
  )
}
