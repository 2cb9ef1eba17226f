import type { ToGrade } from '#exercise/views/grading-view.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import { useSender } from '../feed/use-feed.tsx'
import { AnswerText } from '../inbox/answer-content.tsx'
import { FileList } from '../inbox/file-list.tsx'
import { actorName } from '../kit/actor-name.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { useKept } from '../kit/use-kept.ts'
import { GivenGrades } from './given-grades.tsx'
import { CommentField, PointsField } from './grade-fields.tsx'
import { Heading } from './heading.tsx'

interface Written {
  readonly points: Readonly<Record<string, string>>
  readonly comment: string
  readonly final: boolean
}

/** An answer and its rubric. */
export function GradeInject({ view, item }: { readonly view: ExerciseView; readonly item: ToGrade }) {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const key = `kilp.grade.${view.id}.${item.team}.${item.inject}.${item.version.position}`
  const [written, setWritten, forget] = useKept<Written>(key, { points: {}, comment: '', final: false })
  const { points, comment, final } = written
  const { rubric, text, expectedAction } = item.info
  const criteria = Object.fromEntries(rubric.map(({ id }) => [id, Number(points[id] || Number.NaN)]))
  const most = rubric.reduce((sum, one) => sum + one.points, 0)
  const given = Object.values(criteria).reduce((sum, one) => sum + one, 0)
  const ready = rubric.every((one) => {
    const n = criteria[one.id] ?? Number.NaN
    return n >= 0 && n <= one.points
  })
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        const { team, inject, versions } = item
        const data = { team, inject, criteria, comment, final, seen: versions }
        void send({ type: 'grade-inject', data }).then((ok) => {
          if (ok) forget()
        })
      }}
    >
      <h3>
        <Heading view={view} item={item} />
      </h3>
      <details>
        <summary>{say('grading.asked')}</summary>
        <p className="written">{say.text(text)}</p>
        <FileList files={item.info.attachments} />
      </details>
      {expectedAction && (
        <p>
          <b>{say.head(say('grading.expected'))}</b>
          {say.text(expectedAction)}
        </p>
      )}
      <p className="soft num">
        {say.clock(item.version.atMs)} {say('inbox.by', { name: actorName(say, item.version.by) })}
        {item.late && say.bracketed('', say('grading.lateAnswer'))}
      </p>
      {item.version.content && <AnswerText content={item.version.content} info={item.info} />}
      <GivenGrades item={item} />
      {rubric.map(({ id, title, points: max, anchors = [] }, index) => (
        <PointsField
          key={id}
          label={say('grading.criterion', { title: say.text(title), points: say.given(max) })}
          note={anchors.map((one) => say.head(say.given(one.points)) + say.text(one.text)).join(' · ')}
          max={max}
          first={index === 0}
          value={points[id] ?? ''}
          onChange={(value) => setWritten({ ...written, points: { ...points, [id]: value } })}
        />
      ))}
      <CommentField
        comment={comment}
        final={final}
        onComment={(said) => setWritten({ ...written, comment: said })}
        onFinal={(stands) => setWritten({ ...written, final: stands })}
      />
      {ready && <p className="num">{say('grading.share', { share: say.percent(given / most) })}</p>}
      <button type="submit" className="button primary" disabled={busy || !ready}>
        {say('grading.give')}
      </button>
      <RefusalText refusal={refusal} />
    </form>
  )
}
