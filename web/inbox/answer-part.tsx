import { useEffect, useRef, useState } from 'react'
import type { InboxItem } from '#exercise/views/inbox-view.ts'
import { useMay } from '../feed/use-may.ts'
import { actorName } from '../kit/actor-name.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { AnswerForm } from './answer-form.tsx'
import { unsentChange } from './begin-with.ts'
import { EarlierVersions, SentAnswer } from './sent-answer.tsx'

/**
 * A team's answer to a message: the form as long as nothing was sent, then what was sent, by people or the autopilot, with the way to change it. A form that somebody writes in stays where it
 * is, whatever others send.
 */
export function AnswerPart(props: {
  readonly team: string
  readonly item: InboxItem
  /** Nothing can be sent any more. */
  readonly over: boolean
}) {
  const say = useSay()
  const { team, item } = props
  const { expects } = item.info
  const last = item.answers.at(-1)
  const may = useMay('answer-inject', team) && !props.over && item.grades.length === 0
  const change = last && unsentChange(say, item)
  const [open, setOpen] = useState(change !== undefined)
  const form = useRef<HTMLDivElement>(null)
  const sent = useRef<HTMLElement>(null)
  const versions = useRef(item.answers.length)
  const sending = useRef(false)
  useEffect(() => {
    if (item.answers.length === versions.current) return
    versions.current = item.answers.length
    // Where somebody else has sent it, whoever writes here goes on.
    setOpen(!sending.current && (form.current?.contains(document.activeElement) ?? false))
    if (sending.current) sent.current?.focus()
    sending.current = false
  }, [item.answers.length])
  if (!expects || expects.kind === 'question') return null
  const shown = may && (open || !last)
  return (
    <>
      {shown && (
        <div ref={form}>
          <AnswerForm
            team={team}
            item={item}
            expects={expects}
            onSending={(underWay) => {
              sending.current = underWay
            }}
          />
        </div>
      )}
      {last && (
        <SentAnswer ref={sent} item={item}>
          {may && (
            <div className="answer-send">
              <button type="button" className="button" onClick={() => setOpen(!open)}>
                {say(open ? 'inbox.amendClose' : 'inbox.amend')}
              </button>
              {change && !open && (
                <span className="soft">
                  {say('inbox.unsent', { name: actorName(say, change.by), time: say.clock(change.atMs) })}
                </span>
              )}
            </div>
          )}
        </SentAnswer>
      )}
      <EarlierVersions item={item} />
    </>
  )
}
