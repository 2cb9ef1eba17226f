import type { CaseView } from '#exercise/views/case-views.ts'
import type { ExerciseView, ServiceView, TeamView } from '#exercise/views/views.ts'

/** What a panel of the desk is told. */
export interface DeskOf {
  readonly team: TeamView
  readonly view: ExerciseView
  readonly one: CaseView
  /** The service that the case is about, where it is about one. */
  readonly service: ServiceView | undefined
}
