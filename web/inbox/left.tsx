import { type InboxItem, SOON_MS } from '#exercise/views/inbox-view.ts'
import { useAtMs } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { leftText } from '../kit/left-text.ts'

/** How a message stands, in words; of one that waits for an answer, how much time is left; of an answer, whether it came late and was changed. */
export function Left({
  item,
}: {
  readonly item: Pick<InboxItem, 'standing' | 'deadlineMs' | 'late' | 'answers'>
}) {
  const say = useSay()
  const atMs = useAtMs()
  const { standing, deadlineMs, answers } = item
  if ((standing === 'open' || standing === 'overdue') && deadlineMs !== null) {
    const left = deadlineMs - atMs
    const how = left < 0 ? 'overdue' : left <= SOON_MS ? 'soon' : 'open'
    return <span className={`left left-${how} num`}>{leftText(say, left)}</span>
  }
  return (
    <span className={`left left-${standing}`}>
      {say(`inbox.standing.${standing}`)}
      {item.late && ` · ${say('inbox.late')}`}
      {answers.length > 1 && ` · ${say('inbox.amended')}`}
    </span>
  )
}
