import { Mail } from 'lucide-react'
import type { InboxItem } from '#exercise/views/inbox-view.ts'
import { useAtMs } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { leftText } from '../kit/left-text.ts'
import './inbox-line.css'

/** Where the room is one column, its inbox stands far below: how many messages wait, and by when the first, with the way there. Nothing where none does. */
export function InboxLine(props: { readonly waiting: readonly InboxItem[]; readonly onGo: () => void }) {
  const say = useSay()
  const atMs = useAtMs()
  const { waiting } = props
  if (waiting.length === 0) return null
  const dues = waiting.flatMap(({ standing, deadlineMs }) =>
    standing === 'notice' || deadlineMs === null ? [] : [deadlineMs],
  )
  const left = Math.min(...dues) - atMs
  const how = dues.length === 0 ? 'open' : left < 0 ? 'overdue' : 'soon'
  return (
    <p className="inbox-line">
      <button type="button" className="button" onClick={props.onGo}>
        <Mail aria-hidden="true" size="1.2em" />
        <span>
          {say('team.waiting', { count: waiting.length, n: waiting.length })}
          {dues.length > 0 && (
            <span className={`left-${how} num`}>
              {' '}
              {say('team.waitingFirst', { left: leftText(say, left) })}
            </span>
          )}
        </span>
      </button>
    </p>
  )
}
