import { APPEAL_OUTCOMES, type AppealOutcome } from '#exercise/ledger/people-events.ts'
import type { AppealToAnswer, ReportToGrade, ToGrade } from '#exercise/views/grading-view.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import { Appeal } from '../appeals/appeal-box.tsx'
import { useSender } from '../feed/use-feed.tsx'
import { useScoreLines } from '../feed/use-view.ts'
import { useGrading } from '../feed/use-white.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { scoreText } from '../kit/score-text.ts'
import { useKept } from '../kit/use-kept.ts'
import { GivenGrades } from './given-grades.tsx'
import { Heading } from './heading.tsx'

interface Draft {
  readonly text: string
  readonly outcome: AppealOutcome
}

/** An appeal and white's answer to it. */
export function AnswerAppeal({ view, item }: { readonly view: ExerciseView; readonly item: AppealToAnswer }) {
  const say = useSay()
  const { send, busy, refusal } = useSender()
  const lines = useScoreLines(item.team)
  const { appeal, subject, answer } = item.appeal
  const graded = useGrading().graded.find(
    (one): one is ToGrade | ReportToGrade =>
      one.kind === subject.kind &&
      one.team === item.team &&
      (one.kind === 'inject' ? one.inject : one.kind === 'report' ? one.report.report : '') === subject.id,
  )
  const key = `kilp.appeal.${view.id}.${item.team}.${appeal}`
  const [draft, setDraft, forget] = useKept<Draft>(key, { text: '', outcome: 'upheld' })
  const { text, outcome } = draft
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        void send({ type: 'answer-appeal', data: { team: item.team, appeal, text, outcome } }).then((ok) => {
          if (ok) forget()
        })
      }}
    >
      <h3>
        <Heading view={view} item={item} />
      </h3>
      <p>{say(`grading.subject.${subject.kind}`, { subject: named() })}</p>
      {graded && <GivenGrades item={graded} />}
      <Appeal appeal={item.appeal} />
      {!answer && (
        <>
          <fieldset className="choices">
            <legend>{say('grading.outcome')}</legend>
            {APPEAL_OUTCOMES.map((one, index) => (
              <label key={one}>
                <input
                  type="radio"
                  name="outcome"
                  {...(index === 0 && { 'data-first': true })}
                  checked={outcome === one}
                  onChange={() => setDraft({ ...draft, outcome: one })}
                />
                {say(`grading.outcome.${one}`)}
              </label>
            ))}
          </fieldset>
          <label className="field">
            {say('appeal.answer')}
            <textarea
              rows={3}
              maxLength={2_000}
              required
              value={text}
              onChange={(event) => setDraft({ ...draft, text: event.target.value })}
            />
          </label>
          <button type="submit" className="button primary" disabled={busy || text.trim() === ''}>
            {say('grading.answerAppeal')}
          </button>
        </>
      )}
      <RefusalText refusal={refusal} />
    </form>
  )

  function named(): string {
    if (subject.kind === 'report') return subject.id
    if (subject.kind === 'inject') {
      const inject = view.injects.find(({ id }) => id === subject.id)
      return inject ? say.text(inject.title) : subject.id
    }
    const line = lines.find(({ id }) => id === subject.id)
    return line ? scoreText(say, view, item.team, line) : subject.id
  }
}
