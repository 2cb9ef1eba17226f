import type { State } from '../../fold/state.ts'
import { nameIn } from '../../ledger/actor.ts'
import { gradingView, type ReportToGrade, type ToGrade } from '../grading-view.ts'

/** How far those agree who graded the same. */
export interface AgreementFacts {
  /** Names of those who graded, in the order of what they graded. */
  readonly by: readonly string[]
  /** Answers and reports that somebody graded, and those of them that two or more people graded. */
  readonly graded: number
  readonly twice: number
  /** Of those: so far apart on the mean and at the most, as parts of the points; null where nothing was graded twice. */
  readonly meanApart: number | null
  readonly mostApart: number | null
  /** Of those: graded far apart, or said to be of different attacks. */
  readonly apart: readonly {
    readonly kind: 'inject' | 'report'
    readonly team: string
    readonly id: string
  }[]
  /** What still waits for its first and for its second grader, and appeals that wait for an answer. */
  readonly waiting: number
  readonly waitingSecond: number
  readonly appeals: number
}

/** Graders' agreement, for white, from the same list that they grade by. */
export function agreementFacts(state: State): AgreementFacts {
  const { queue, second, graded } = gradingView(state)
  const judged = graded.flatMap((item) => (item.kind === 'appeal' ? [] : item))
  const twice = judged.filter(({ grades }) => grades.length > 1)
  const spreads = twice.map(spreadOf)
  return {
    by: [...new Set(judged.flatMap(({ grades }) => grades.flatMap(({ by }) => nameIn(by).by ?? [])))],
    graded: judged.length,
    twice: twice.length,
    meanApart: spreads.length === 0 ? null : spreads.reduce((sum, one) => sum + one, 0) / spreads.length,
    mostApart: spreads.length === 0 ? null : Math.max(...spreads),
    apart: twice
      .filter(({ apart }) => apart)
      .map((item) => ({
        kind: item.kind,
        team: item.team,
        id: item.kind === 'inject' ? item.inject : item.report.report,
      })),
    waiting: queue.filter(({ kind }) => kind !== 'appeal').length,
    waitingSecond: second.length,
    appeals: queue.filter(({ kind }) => kind === 'appeal').length,
  }
}

function spreadOf({ grades }: ToGrade | ReportToGrade): number {
  const shares = grades.map(({ share }) => share)
  return Math.max(...shares) - Math.min(...shares)
}
