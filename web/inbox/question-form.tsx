import { useState } from 'react'
import { RULES, RULES_VERSION } from '#exercise/ledger/rules.ts'
import type { Expects } from '#exercise/scenario/inject.ts'
import { QUESTION_LENGTH } from '#exercise/scenario/question.ts'
import type { InboxItem } from '#exercise/views/inbox-view.ts'
import { useSender } from '../feed/use-feed.tsx'
import { useExerciseState } from '../feed/use-view.ts'
import { actorName } from '../kit/actor-name.ts'
import { ConfirmButton } from '../kit/confirm.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { RefusalText } from '../kit/refusal.tsx'
import { Told } from '../kit/told.tsx'

/** Where a team tries to answer a question: how many tries are left, and what a hint costs. */
export function QuestionForm(props: {
  readonly team: string
  readonly item: InboxItem
  readonly expects: Extract<Expects, { kind: 'question' }>
}) {
  const say = useSay()
  const { team, item, expects } = props
  const { send, busy, refusal } = useSender()
  const [text, setText] = useState('')
  const { rulesVersion } = useExerciseState()
  const rules = (RULES[rulesVersion] ?? RULES[RULES_VERSION])?.questions
  const { inject, tries, hints } = item
  const level = hints.length + 1
  const share = say.percent(rules?.hint ?? 0)
  return (
    // What is asked before a hint is taken is a form of its own: it must not stand in that of the answer, which would be sent with it.
    <div className="answer-form">
      <form
        className="answer-form"
        onSubmit={(event) => {
          event.preventDefault()
          const data = { team, inject, text, seen: tries.length }
          void send({ type: 'try-question', data }).then((taken) => {
            if (taken) setText('')
          })
        }}
      >
        <p>
          <b>{say('question.left', { count: expects.tries - tries.length })}</b>
        </p>
        <label className="field">
          {say('question.answer')}
          <input
            autoComplete="off"
            required
            maxLength={QUESTION_LENGTH}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <span className="soft small">{say('question.rule')}</span>
        </label>
        <div className="answer-send">
          <button type="submit" className="button primary" disabled={busy || text.trim() === ''}>
            {say('question.try')}
          </button>
        </div>
        <RefusalText refusal={refusal} />
      </form>
      {level <= expects.hints.length && (
        <ConfirmButton
          className=""
          label={say('question.hint', { n: level, total: expects.hints.length, share })}
          title={say('question.hintTitle')}
          text={say('question.hintText', { share })}
          yes={say('question.hintYes')}
          disabled={busy}
          onYes={() => void send({ type: 'take-question-hint', data: { team, inject, level } })}
        />
      )}
    </div>
  )
}

/** What a team has tried so far, and the hints that it took. */
export function Tries({ item }: { readonly item: InboxItem }) {
  const say = useSay()
  return (
    <>
      {item.hints.length > 0 && (
        <section>
          <h3>{say('question.hints')}</h3>
          <ol className="tries">
            {item.hints.map(({ level, text }) => (
              <li key={level}>{text && <Told text={text} />}</li>
            ))}
          </ol>
        </section>
      )}
      {item.tries.length > 0 && (
        <section>
          <h3>{say('question.tried')}</h3>
          <ol className="tries">
            {item.tries.map((one) => (
              <li key={one.position}>
                <span className="written">{one.text}</span>{' '}
                <b>{say(one.right ? 'question.right' : 'question.wrong')}</b>{' '}
                <span className="soft">
                  {actorName(say, one.by)}, <span className="num">{say.clock(one.atMs)}</span>
                </span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </>
  )
}
