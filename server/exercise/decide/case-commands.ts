import type { CaseStanding } from '../ledger/case-events.ts'

/** What a team does with its cases. */
export interface CaseCommands {
  /** `service`: null for none. `sinceMs`: the moment that it is about, exercise time. `seen`: how many cases were opened by hand before, as far as the one who asks knows. */
  'open-case': {
    readonly team: string
    readonly title: string
    readonly service: string | null
    readonly sinceMs: number
    readonly seen: number
  }
  /** `seen`: how many notes of the case the one who writes has seen. */
  'note-case': {
    readonly team: string
    readonly case: string
    readonly text: string
    readonly seen: number
  }
  /** `seen`: how often its state had changed. */
  'set-case-state': {
    readonly team: string
    readonly case: string
    readonly state: CaseStanding
    readonly seen: number
  }
  /** Begins a report with what the case knows. Where there is one already, nothing. */
  'begin-case-report': { readonly team: string; readonly case: string }
}
