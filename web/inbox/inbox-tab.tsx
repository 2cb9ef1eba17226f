import { ArrowDownUp, ArrowLeft } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { type InboxItem, inboxOrder } from '#exercise/views/inbox-view.ts'
import { keyInExercise } from '../app/route.ts'
import { useAtMs, useInbox } from '../feed/use-view.ts'
import { FreshMark } from '../kit/fresh-mark.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { keep, kept } from '../kit/kept-text.ts'
import { WorkedBy } from '../kit/people/work-claim.tsx'
import { Told } from '../kit/told.tsx'
import { ForRole, useRole } from './for-role.tsx'
import { Left } from './left.tsx'
import { Message } from './message.tsx'
import { useHeldOrder } from './use-held-order.ts'
import './inbox.css'

/** Messages to a team's people in order of urgency, what is for the reader's role first, and the one that is read beside. While one is read nothing moves. */
export function InboxTab({ team, over }: { readonly team: string; readonly over: boolean }) {
  const say = useSay()
  const role = useRole()
  const inOrder = inboxOrder(useInbox(team), useAtMs(), role)
  const [chosen, choose] = useChosen(team)
  const [touched, setTouched] = useState(false)
  const item = inOrder.find(({ inject }) => inject === chosen) ?? null
  const list = useHeldOrder(inOrder, ({ inject }) => inject, item !== null || touched)
  const buttons = useRef<HTMLUListElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const byHand = useRef(false)
  // Where the message takes the place of the list, the keyboard goes along.
  useEffect(() => {
    if (byHand.current && chosen !== null && buttons.current?.offsetParent === null) heading.current?.focus()
  }, [chosen])
  if (inOrder.length === 0) return <p className="soft">{say('inbox.none')}</p>
  const back = () => {
    const last = chosen
    choose(null)
    requestAnimationFrame(() =>
      buttons.current?.querySelector<HTMLElement>(`[data-inject="${CSS.escape(last ?? '')}"]`)?.focus(),
    )
  }
  return (
    <div className="inbox-tab">
      <div className={`inbox ${item ? 'inbox-reads' : ''}`}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it only notes that somebody is about to choose. */}
        <div
          className="inbox-side"
          onPointerEnter={() => setTouched(true)}
          onPointerLeave={() => setTouched(false)}
          onFocus={() => setTouched(true)}
          onBlur={() => setTouched(false)}
        >
          <div className="inbox-order">
            {list.changed ? (
              <button type="button" className="button" onClick={list.arrange}>
                <ArrowDownUp aria-hidden="true" size="1.1em" />
                {list.come > 0 ? say('inbox.come', { count: list.come }) : say('inbox.moved')}
              </button>
            ) : (
              <span className="soft">{say('inbox.inOrder')}</span>
            )}
          </div>
          <ul ref={buttons} className="inbox-list" aria-label={say('inbox.title')}>
            {list.shown.map((one) => (
              <li key={one.inject}>
                <button
                  type="button"
                  className={`inbox-item inbox-${one.standing}`}
                  data-inject={one.inject}
                  aria-pressed={one.inject === chosen}
                  onClick={() => {
                    byHand.current = true
                    choose(one.inject)
                  }}
                >
                  <Entry team={team} item={one} />
                  <ForRole item={one} role={role} />
                </button>
              </li>
            ))}
          </ul>
        </div>
        <div className="inbox-reading">
          {item ? (
            <>
              <button type="button" className="button inbox-back" onClick={back}>
                <ArrowLeft aria-hidden="true" size="1.1em" />
                {say('inbox.back')}
              </button>
              <Message key={item.inject} team={team} item={item} over={over} heading={heading} />
            </>
          ) : (
            <p className="soft">{say('inbox.choose')}</p>
          )}
        </div>
      </div>
    </div>
  )
}

function Entry({ team, item }: { readonly team: string; readonly item: InboxItem }) {
  const say = useSay()
  return (
    <>
      <span className="inbox-title">
        {item.readMs === null && <b className="inbox-unread">{say('inbox.unread')}</b>}
        <Told text={item.info.title} />
      </span>
      <span className="soft">
        {say.text(item.info.from)} · {say(`inbox.channel.${item.info.channel}`)} ·{' '}
        <span className="num">{say.clock(item.sentMs)}</span>
      </span>
      <Left item={item} />
      <FreshMark team={team} kind="inject" id={item.inject} />
      <WorkedBy team={team} kind="inject" id={item.inject} />
    </>
  )
}

/** Which message is read; a reload of the page leads back to it. */
function useChosen(team: string): readonly [string | null, (inject: string | null) => void] {
  const key = keyInExercise(`kilp.inbox.${team}`)
  const [chosen, setChosen] = useState(() => kept(key))
  const choose = (inject: string | null) => {
    setChosen(inject)
    keep(key, inject)
  }
  return [chosen, choose]
}
