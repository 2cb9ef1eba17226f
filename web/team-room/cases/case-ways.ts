import type { CaseView } from '#exercise/views/case-views.ts'

/** Where one goes from cases. */
export interface CaseWays {
  /** To the desk of a case, or (null) to the list. */
  readonly onCase: (one: Pick<CaseView, 'case' | 'service'> | null) => void
  readonly onReport: (report: string) => void
}
