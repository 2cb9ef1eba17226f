import { gradedVersion, gradeOf, type InjectState, isLate } from '../fold/inject-state.ts'
import { injectWeight } from '../scenario/inject-weight.ts'
import type { Category } from '../scenario/words.ts'
import { placesAmong } from './added-weight.ts'
import type { Given, Judged } from './category.ts'
import { shareOf } from './shares.ts'

export type InjectCode = 'graded' | 'late' | 'unanswered' | 'ungraded'
export const INJECT_CODES: readonly InjectCode[] = ['graded', 'late', 'unanswered', 'ungraded']

/**
 * [SC20] One entry for each message of a category whose answer was graded, or whose time is over without one. What waits for a grade is possible for nobody, so that
 * a slow grader harms nobody; what still waits when the exercise is over is listed and counts nowhere, unless it came late.
 */
export function injectEntries(given: Given, category: Category): readonly Judged<InjectCode>[] {
  const worthOf = worths(given, category)
  return given.team.injects
    .filter(({ info }) => info.category === category && info.expects !== null && info.weight > 0)
    .flatMap((sent) => entry(given, sent, worthOf(sent)) ?? [])
}

function entry(given: Given, sent: InjectState, possible: number): Judged<InjectCode> | null {
  const { ended, rules } = given
  const base = {
    id: sent.inject,
    params: { inject: sent.inject, number: sent.info.number },
    service: null,
    attack: null,
    rule: 'SC20',
    evidence: null,
  }
  const version = gradedVersion(sent)
  const grade = gradeOf(sent.grades)
  if (!version) {
    return isOver(given, sent)
      ? { ...base, points: 0, possible, code: 'unanswered', events: [sent.position] }
      : null
  }
  const late = isLate(sent, version.atMs)
  if (!grade) {
    if (!ended) return null
    return late
      ? { ...base, points: 0, possible, code: 'unanswered', events: [version.position] }
      : { ...base, points: 0, possible: 0, code: 'ungraded', events: [version.position] }
  }
  const kept = late ? rules.lateKeeps : 1
  return {
    ...base,
    points: Math.floor(possible * grade.share * kept),
    possible,
    code: late ? 'late' : 'graded',
    events: [version.position, ...grade.by],
  }
}

/** What each message is worth: its share by weight of the category's points. */
function worths(given: Given, category: Category): (sent: InjectState) => number {
  const judged = given.team.injects.filter(
    (one) => one.info.added && one.info.category === category && isJudged(given, one),
  )
  const placeOf = placesAmong(
    injectWeight(given.scenario, category),
    judged.map((one) => one.info),
  )
  return ({ info }) => {
    const { before, all } = placeOf(info)
    return shareOf(given.budget, info.weight, before, all)
  }
}

/** Its share is possible: it was graded, or its time is over. */
function isJudged(given: Given, sent: InjectState): boolean {
  if (gradeOf(sent.grades)) return true
  const version = gradedVersion(sent)
  return version ? given.ended && isLate(sent, version.atMs) : isOver(given, sent)
}

/** Its time to answer is over. An exercise that ends before takes it away: then it is nobody's loss. */
const isOver = ({ atMs, ended }: Given, sent: InjectState): boolean =>
  isLate(sent, atMs) || (ended && sent.deadlineMs === null)
