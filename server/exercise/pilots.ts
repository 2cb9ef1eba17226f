import type { Pilot } from './model.ts'
import type { State } from './state.ts'

/** What a skilled team that reads the code would find: the planted weaknesses, in the scenario's order, without times. */
export type PlaybookIndex = readonly { readonly weakness: string; readonly service: string }[]

export interface PilotAction {
  /** Id as in the playbook. */
  readonly weakness: string
  readonly action: 'fix' | 'wrong-fix' | 'undo-wrong-fix'
}
