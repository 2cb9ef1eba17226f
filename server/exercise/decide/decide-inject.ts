import { gradedVersion, graderNumber, type InjectState, sawGraded } from '../fold/inject-state.ts'
import { injectOf, type State, type TeamState } from '../fold/state.ts'
import { PLATFORM } from '../ledger/actor.ts'
import type { AnswerContent } from '../ledger/answer.ts'
import type { Expects } from '../scenario/inject.ts'
import { heldBack, isFor } from '../schedule/moment-of.ts'
import {
  asWritten,
  draftFields,
  draftFull,
  FIELD_LENGTH,
  fitAnswer,
  isDraftFull,
  unfitVersion,
} from './answer-content.ts'
import {
  accept,
  type Deciders,
  type Decision,
  fact,
  inPlay,
  noLongerSo,
  nothing,
  refuse,
  withTeam,
  wrongPhase,
} from './decision.ts'
import { fitComment, fitPoints } from './grading.ts'

type Asked = 'send-inject' | 'read-inject' | 'answer-inject' | 'save-draft' | 'grade-inject'

/** Messages to people, their answers, and what those who grade say of them. */
export const injects: Deciders<Asked> = {
  'send-inject': (state, { data }, at) =>
    withTeam(state, data.team, (team) => {
      const inject = state.scenario.injects.find(({ id }) => id === data.inject)
      if (!inject || !isFor(inject, team.id))
        return refuse('unknown-inject', `The timeline has no message ${data.inject} for ${team.id}.`, {
          inject: data.inject,
        })
      if (state.phase !== 'running' || injectOf(team, inject.id)) return nothing
      if (heldBack(state, team, 'inject', inject, at)) return nothing
      const {
        id,
        trigger: _,
        jitterMs: ____,
        withinMs,
        teams: __,
        objectives: ___,
        pilots: _____,
        ...info
      } = inject
      const deadlineMs = withinMs === null ? null : at + withinMs
      return accept(fact('inject.sent', at, { team: team.id, inject: id, info, deadlineMs }))
    }),

  'read-inject': (state, { data, by }, at) =>
    withInject(state, data, (team, { inject, readMs }) =>
      readMs === null ? accept(fact('inject.read', at, { team: team.id, inject, by })) : nothing,
    ),

  'answer-inject': (state, command, at) =>
    withInject(state, command.data, (team, sent) => {
      const { data, by } = command
      if (!inPlay(state)) return wrongPhase(state, command)
      const { expects } = sent.info
      if (expects === null)
        return refuse('not-asked', 'This message is a notice: it wants no answer.', { inject: sent.inject })
      if (sent.grades.length > 0)
        return refuse(
          'answer-graded',
          'The answer has been graded, and can no longer be changed. Appeal instead.',
          {
            inject: sent.inject,
          },
        )
      const fit = fitAnswer(expects, data.content)
      if (!fit.ok) return fit
      const now = sent.answers.length
      if (data.seen !== now) return noLongerSo('The number of answers', data.seen, now)
      const full = unfitVersion(now)
      if (full) return full
      const answer = { team: team.id, inject: sent.inject }
      const answered = fact('inject.answered', at, {
        ...answer,
        content: asWritten(fit.content, data.content, by),
        by,
      })
      const share = rightShare(planned(state, sent.inject), fit.content)
      if (share === null) return accept(answered)
      const grade = { share, criteria: {}, comment: '', final: false, grader: 0, by: PLATFORM }
      return accept(answered, fact('inject.graded', at, { ...answer, ...grade }))
    }),

  'save-draft': (state, command, at) =>
    withInject(state, command.data, (team, { inject, info, draft, grades }) => {
      const { data, by } = command
      const { field, text } = data
      if (state.phase === 'ended') return wrongPhase(state, command)
      if (!draftFields(info.expects).includes(field))
        return refuse('unknown-field', `An answer to this message has no field ${field.slice(0, 40)}.`, {
          field: field.slice(0, 40),
        })
      if (grades.length > 0) return nothing
      const most = info.expects?.kind === 'text' ? info.expects.maxLength : FIELD_LENGTH
      if (text.length > most)
        return refuse('answer-too-long', `An answer has 1 to ${most} characters.`, { max: most })
      const known = draft.find((one) => one.field === field)
      if ((known?.text ?? '') === text) return nothing
      if (isDraftFull(known)) return draftFull
      return accept(fact('draft.saved', at, { team: team.id, inject, field, text, by }))
    }),

  'grade-inject': (state, command, at) =>
    withInject(state, command.data, (team, sent) => {
      const { data, by } = command
      const { rubric } = sent.info
      if (!gradedVersion(sent) || rubric.length === 0)
        return refuse('nothing-to-grade', 'There is no answer to grade.', { inject: sent.inject })
      if (!sawGraded(sent, data.seen))
        return noLongerSo('The number of answers', data.seen, sent.answers.length)
      const comment = fitComment(data.comment)
      if (!comment.ok) return comment
      const points = fitPoints(rubric, data.criteria)
      if (!points.ok) return points
      const criteria = points.value
      const most = rubric.reduce((sum, { points }) => sum + points, 0)
      const share = Object.values(criteria).reduce((sum, points) => sum + points, 0) / most
      const grade = {
        share,
        criteria,
        comment: comment.value,
        final: data.final,
        grader: graderNumber(sent.grades, by),
      }
      const before = sent.grades.findLast(({ grader }) => grader === grade.grader)
      if (
        before &&
        before.final === grade.final &&
        before.comment === grade.comment &&
        sameCriteria(before.criteria, criteria)
      )
        return nothing
      return accept(fact('inject.graded', at, { team: team.id, inject: sent.inject, ...grade, by }))
    }),
}

/** Goes on with a message that came to the team, or refuses. */
export function withInject(
  state: State,
  data: { readonly team: string; readonly inject: string },
  then: (team: TeamState, sent: InjectState) => Decision,
): Decision {
  return withTeam(state, data.team, (team) => {
    const sent = injectOf(team, data.inject)
    if (sent) return then(team, sent)
    return refuse('unknown-inject', `No message ${data.inject} has come to ${team.id}.`, {
      inject: data.inject,
    })
  })
}

export const planned = (state: State, inject: string): Expects | null =>
  state.scenario.injects.find(({ id }) => id === inject)?.expects ?? null

/** What a choice earns where there are right ones: none for as many wrong ones as right ones. Null where people grade it. */
function rightShare(expects: Expects | null, content: AnswerContent): number | null {
  if (expects?.kind !== 'choice' || content.kind !== 'choice' || !expects.right) return null
  const { right } = expects
  const hits = content.chosen.filter((id) => right.includes(id)).length
  return Math.max(0, (2 * hits - content.chosen.length) / right.length)
}

const sameCriteria = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean =>
  Object.keys(b).every((id) => a[id] === b[id])
