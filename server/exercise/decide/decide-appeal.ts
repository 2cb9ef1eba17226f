import { appealsOn } from '../fold/appeal-state.ts'
import { injectOf, type State, type TeamState } from '../fold/state.ts'
import { APPEAL_OUTCOMES, type AppealSubject } from '../ledger/people-events.ts'
import { explain } from '../scoring/explain.ts'
import { accept, type Deciders, fact, nothing, refuse, said, withTeam, wrongPhase } from './decision.ts'

const LENGTH = 2_000
/** A team appeals so often at most. */
const APPEALS = 50

/** A team's word against a grade or a line of its score, and white's answer. */
export const appeals: Deciders<'make-appeal' | 'answer-appeal'> = {
  'make-appeal': (state, command, at) =>
    withTeam(state, command.data.team, (team) => {
      const { data, by } = command
      if (state.phase !== 'running' && state.phase !== 'paused' && state.phase !== 'ended')
        return wrongPhase(state, command)
      const subject = { kind: data.subject.kind, id: data.subject.id }
      const gradedBy = positionOf(state, team, subject, at)
      if (gradedBy === null)
        return refuse(
          'unknown-subject',
          'An appeal is about a graded answer, a graded report or a line of the score. This is none of the team’s.',
          { kind: subject.kind, id: subject.id.slice(0, 60) },
        )
      const text = said(data.text, LENGTH)
      if (text === null)
        return refuse('answer-too-long', `An appeal has 1 to ${LENGTH} characters.`, { max: LENGTH })
      const last = appealsOn(team.appeals, subject).at(-1)
      if (last && last.answer === null)
        return last.text === text
          ? nothing
          : refuse('appeal-open', `${last.appeal} on this waits for its answer.`, { appeal: last.appeal })
      if (last?.answer && gradedBy <= last.answer.position)
        return last.text === text
          ? nothing
          : refuse('appeal-answered', `${last.appeal} on this was answered, and nothing has changed since.`, {
              appeal: last.appeal,
            })
      if (team.appeals.length >= APPEALS)
        return refuse('too-many-appeals', `A team may appeal ${APPEALS} times.`, { max: APPEALS })
      const appeal = `A${team.appeals.length + 1}`
      return accept(fact('appeal.made', at, { team: team.id, appeal, subject, text, by }))
    }),

  'answer-appeal': (state, { data, by }, at) =>
    withTeam(state, data.team, (team) => {
      const known = team.appeals.find(({ appeal }) => appeal === data.appeal)
      if (!known || !APPEAL_OUTCOMES.includes(data.outcome))
        return refuse('unknown-appeal', `There is no appeal ${data.appeal.slice(0, 20)} of ${team.id}.`, {
          appeal: data.appeal.slice(0, 20),
        })
      const text = said(data.text, LENGTH)
      if (text === null)
        return refuse('answer-too-long', `An answer has 1 to ${LENGTH} characters.`, { max: LENGTH })
      const { answer } = known
      if (answer)
        return answer.text === text && answer.outcome === data.outcome
          ? nothing
          : refuse('appeal-answered', `${known.appeal} has been answered.`, { appeal: known.appeal })
      const { appeal } = known
      return accept(fact('appeal.answered', at, { team: team.id, appeal, text, outcome: data.outcome, by }))
    }),
}

/** Position of the event by which a subject last became what it is; null where there is nothing to appeal against. */
function positionOf(state: State, team: TeamState, { kind, id }: AppealSubject, at: number): number | null {
  const last = (grades: readonly { readonly position: number }[] = []) =>
    grades.length > 0 ? Math.max(...grades.map(({ position }) => position)) : null
  if (kind === 'inject') return last(injectOf(team, id)?.grades)
  if (kind === 'report') return last(team.reports.find(({ report }) => report === id)?.grades)
  const line = explain(state, team.id, at).find((one) => one.id === id)
  return line ? Math.max(0, ...line.events) : null
}
