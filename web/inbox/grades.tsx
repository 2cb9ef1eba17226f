import type { InboxItem } from '#exercise/views/inbox-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'

/** What those who graded an answer gave, criterion by criterion, with what they wrote: where the message is read, and where its points are. */
export function Grades({ item }: { readonly item: InboxItem }) {
  const say = useSay()
  if (item.share === null)
    return item.standing === 'answered' ? <p className="soft">{say('inbox.waits')}</p> : null
  return (
    <section className="message-grade">
      <p>
        <b>{say('inbox.grade', { share: say.percent(item.share) })}</b>
        {item.late && <span>{say.bracketed('', say('grading.lateAnswer'))}</span>}
      </p>
      {item.grades.map((grade) => (
        <div key={grade.position}>
          <ul className="rubric">
            {item.info.rubric.map(({ id, title, points }) => (
              <li key={id}>
                {say.head(say.text(title))}
                <span className="num">
                  {say('inbox.points', { n: say.given(grade.criteria[id] ?? 0), total: say.given(points) })}
                </span>
              </li>
            ))}
          </ul>
          {grade.comment && <p className="written">{grade.comment}</p>}
        </div>
      ))}
    </section>
  )
}
