import { hasCome } from '../fold/has-come.ts'
import type { State } from '../fold/state.ts'
import type { Criterion, Expects } from '../scenario/inject.ts'
import { CRITERIA_MOST, CRITERION_POINTS, fitText, TITLE_LENGTH } from './entry-words.ts'

/**
 * Why the answer to a message of the timeline can not be graded by this from now on, or null. Whoever has the message has read what it is graded by, and answers to one and the
 * same message are graded alike: so it stays when one team has got it.
 */
export function rubricTrouble(state: State, id: string, rubric: readonly Criterion[]): string | null {
  const inject = state.scenario.injects.find((one) => one.id === id)
  if (!inject || !isRubricGraded(inject.expects)) return 'nobody grades its answer by criteria'
  if (state.teams.some((team) => hasCome(state, team, { kind: 'inject', id })))
    return 'somebody has got it, and answers to it are graded alike'
  if (!fitCriteria(rubric))
    return `it has 1 to ${CRITERIA_MOST} criteria, each for at most ${CRITERION_POINTS} points`
  return new Set(rubric.map((one) => one.id)).size === rubric.length ? null : 'two criteria have the same id'
}

/** Whether people grade such an answer by criteria: not what has a right answer, which the platform knows. */
export const isRubricGraded = (expects: Expects | null): boolean =>
  expects !== null && expects.kind !== 'question' && !(expects.kind === 'choice' && expects.right)

/** So many, with titles and points that fit. */
export const fitCriteria = (rubric: readonly Pick<Criterion, 'title' | 'points'>[]): boolean =>
  rubric.length > 0 &&
  rubric.length <= CRITERIA_MOST &&
  rubric.every(
    ({ title, points }) => fitText(title, TITLE_LENGTH) && points > 0 && points <= CRITERION_POINTS,
  )
