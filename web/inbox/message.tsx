import { type Ref, useEffect } from 'react'
import type { InboxItem } from '#exercise/views/inbox-view.ts'
import { AppealBox } from '../appeals/appeal-box.tsx'
import { useSender } from '../feed/use-feed.tsx'
import { useReading } from '../feed/use-here.ts'
import { useMay } from '../feed/use-may.ts'
import { useReadGrades } from '../kit/fresh-grades.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { WorkClaim } from '../kit/people/work-claim.tsx'
import { Told } from '../kit/told.tsx'
import { AnswerPart } from './answer-part.tsx'
import { FileList } from './file-list.tsx'
import { ForRole, useRole } from './for-role.tsx'
import { Grades } from './grades.tsx'
import { Left } from './left.tsx'
import { QuestionForm, Tries } from './question-form.tsx'

/** A message, with what it wants and what was answered. */
export function Message({
  team,
  item,
  over,
  heading,
}: {
  readonly team: string
  readonly item: InboxItem
  readonly over: boolean
  readonly heading: Ref<HTMLHeadingElement>
}) {
  const say = useSay()
  const { info } = item
  const { send } = useSender()
  const mayRead = useMay('read-inject', team)
  const mayAnswer = useMay('answer-inject', team)
  const role = useRole()
  useReading(item.inject)
  useReadGrades(team, 'inject', item.inject)
  const unread = mayRead && item.readMs === null
  useEffect(() => {
    if (unread) void send({ type: 'read-inject', data: { team, inject: item.inject } })
  }, [unread, team, item.inject, send])
  return (
    <article className="message">
      <header>
        <h2 ref={heading} tabIndex={-1}>
          <Told text={info.title} />
        </h2>
        <p className="soft">
          {say('inbox.from', { from: say.text(info.from) })} · {say(`inbox.channel.${info.channel}`)} ·{' '}
          {say('inbox.at', { time: say.clock(item.sentMs) })}
          {info.roles.length > 0 &&
            ` · ${say('inbox.for', { roles: say.list(info.roles.map((role) => say(`inbox.role.${role}`))) })}`}
        </p>
        <ForRole item={item} role={role} />
      </header>
      <WorkClaim
        team={team}
        kind="inject"
        id={item.inject}
        done={item.standing !== 'open' && item.standing !== 'overdue'}
      />
      <div className="message-text">
        <Told text={info.text} />
      </div>
      <FileList files={info.attachments} />
      {info.expects && (
        <p>
          {item.deadlineMs === null
            ? say('inbox.noHurry')
            : say('inbox.until', { time: say.clock(item.deadlineMs) })}{' '}
          {(item.standing === 'open' || item.standing === 'overdue') && <Left item={item} />}
        </p>
      )}
      {info.rubric.length > 0 && (
        <details>
          <summary>{say('inbox.rubric')}</summary>
          <ul className="rubric">
            {info.rubric.map(({ id, title, points }) => (
              <li key={id}>
                {say('inbox.criterion', { title: say.text(title), points: say.given(points) })}
              </li>
            ))}
          </ul>
        </details>
      )}
      <Grades item={item} />
      {item.grades.length > 0 && (
        <AppealBox
          team={team}
          subject={{ kind: 'inject', id: item.inject }}
          whole={item.share === 1 && !item.late}
        />
      )}
      {info.expects?.kind === 'question' && <Tries item={item} />}
      {mayAnswer && !over && item.grades.length === 0 && info.expects?.kind === 'question' && (
        <QuestionForm team={team} item={item} expects={info.expects} />
      )}
      <AnswerPart team={team} item={item} over={over} />
    </article>
  )
}
