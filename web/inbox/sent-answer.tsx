import type { ReactNode, Ref } from 'react'
import { type AnswerVersion, gradedVersion, isLate } from '#exercise/fold/inject-state.ts'
import type { InboxItem } from '#exercise/views/inbox-view.ts'
import { useAtMs } from '../feed/use-view.ts'
import { actorName } from '../kit/actor-name.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { AnswerText } from './answer-content.tsx'

/** What was sent last, by whom and when, whether late, and what still can be done about it. */
export function SentAnswer(props: {
  readonly item: InboxItem
  readonly ref: Ref<HTMLElement>
  readonly children: ReactNode
}) {
  const say = useSay()
  const atMs = useAtMs()
  const { item } = props
  const last = item.answers.at(-1)
  if (!last) return null
  const machine = last.by?.kind === 'pilot'
  return (
    <section
      ref={props.ref}
      className="answer-sent"
      tabIndex={-1}
      aria-label={say(machine ? 'inbox.sentByPilot' : 'inbox.sent')}
    >
      <h3>{say(machine ? 'inbox.sentByPilot' : 'inbox.sent')}</h3>
      <Version item={item} version={last} n={item.answers.length} />
      {item.standing === 'answered' && <p className="soft">{say(mayStill())}</p>}
      {props.children}
    </section>
  )

  function mayStill() {
    if (item.late) return 'inbox.againAfter'
    return isLate(item, atMs) ? 'inbox.againLate' : 'inbox.againHint'
  }
}

/** All versions but the last, newest first. */
export function EarlierVersions({ item }: { readonly item: InboxItem }) {
  const say = useSay()
  const earlier = item.answers.slice(0, -1)
  if (earlier.length === 0) return null
  return (
    <details className="message-versions">
      <summary>{say('inbox.versions', { count: earlier.length })}</summary>
      <ol>
        {earlier
          .map((version, index) => ({ version, n: index + 1 }))
          .toReversed()
          .map(({ version, n }) => (
            <li key={version.position}>
              <Version item={item} version={version} n={n} />
            </li>
          ))}
      </ol>
    </details>
  )
}

function Version(props: { readonly item: InboxItem; readonly version: AnswerVersion; readonly n: number }) {
  const say = useSay()
  const { item, version, n } = props
  const counts = item.answers.length > 1 && gradedVersion(item) === version
  return (
    <>
      <p className="soft">
        {say(isLate(item, version.atMs) ? 'inbox.versionLate' : 'inbox.version', {
          n,
          time: say.clock(version.atMs),
        })}{' '}
        {say('inbox.by', { name: actorName(say, version.by) })}
        {counts && <b> {say('inbox.counts')}</b>}
      </p>
      {version.content && <AnswerText content={version.content} info={item.info} />}
    </>
  )
}
