import { PLATFORM } from '../ledger/actor.ts'
import { rulesOf } from '../ledger/rules.ts'
import type { Expects } from '../scenario/inject.ts'
import { normalisedAnswer, QUESTION_LENGTH } from '../scenario/question.ts'
import { planned, withInject } from './decide-inject.ts'
import {
  accept,
  type Deciders,
  type Decision,
  fact,
  inPlay,
  noLongerSo,
  nothing,
  refuse,
  said,
  wrongPhase,
} from './decision.ts'

type Question = Extract<Expects, { kind: 'question' }>

/** Questions with one right answer: tries are counted here, whoever of the team makes them. */
export const questions: Deciders<'try-question' | 'take-question-hint'> = {
  'try-question': (state, command, at) =>
    withInject(state, command.data, (team, sent) => {
      const { data, by } = command
      const question = questionOf(planned(state, sent.inject))
      if (!question) return noQuestion(sent.inject)
      if (!inPlay(state)) return wrongPhase(state, command)
      const text = said(data.text, QUESTION_LENGTH)
      if (text === null)
        return refuse('answer-too-long', `An answer has 1 to ${QUESTION_LENGTH} characters.`, {
          max: QUESTION_LENGTH,
        })
      const { tries, hints } = sent
      // The same words again, perhaps by somebody else of the team, are no other try.
      if (tries.some((one) => normalisedAnswer(one.text) === normalisedAnswer(text))) return nothing
      if (sent.grades.length > 0) return isOver(sent.inject)
      if (tries.length >= question.tries)
        return refuse('no-more-tries', `All ${question.tries} tries are used.`, { max: question.tries })
      if (data.seen !== tries.length) return noLongerSo('The number of tries', data.seen, tries.length)
      if (data.digest === undefined)
        return refuse('not-a-question', 'The answer came without what the engine compares.', {
          inject: sent.inject,
        })
      const right = question.digests?.includes(data.digest) ?? false
      const n = tries.length + 1
      const last = right || n === question.tries
      const of = { team: team.id, inject: sent.inject }
      const tried = fact('question.tried', at, { ...of, n, right, last, text, by })
      if (!last) return accept(tried)
      const { wrongTry = 0, hint = 0 } = rulesOf(state).questions ?? {}
      const share = right ? Math.max(0, 1 - wrongTry * tries.length - hint * hints.length) : 0
      const grade = { share, criteria: {}, comment: '', final: false, grader: 0, by: PLATFORM }
      return accept(
        tried,
        fact('inject.answered', at, { ...of, content: { kind: 'text', text }, by }),
        fact('inject.graded', at, { ...of, ...grade }),
      )
    }),

  'take-question-hint': (state, command, at) =>
    withInject(state, command.data, (team, sent) => {
      const { data, by } = command
      const question = questionOf(planned(state, sent.inject))
      if (!question) return noQuestion(sent.inject)
      if (!inPlay(state)) return wrongPhase(state, command)
      if (sent.grades.length > 0) return isOver(sent.inject)
      const level = sent.hints.length + 1
      const text = question.hints[level - 1]
      if (!text)
        return refuse('question-hints', 'All hints of this question are taken.', { inject: sent.inject })
      if (data.level !== level) return noLongerSo('The next hint', data.level, level)
      return accept(fact('question.hint-taken', at, { team: team.id, inject: sent.inject, level, text, by }))
    }),
}

const questionOf = (expects: Expects | null): Question | null =>
  expects?.kind === 'question' ? expects : null

const noQuestion = (inject: string): Decision =>
  refuse('not-a-question', 'This message is no question with one right answer.', { inject })

const isOver = (inject: string): Decision =>
  refuse('question-over', 'This question is over: it was answered, or all tries are used.', { inject })
