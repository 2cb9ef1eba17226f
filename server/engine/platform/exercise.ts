import type { Engine } from '../engine.ts'
import type { LogPage, LogSearch } from '../ports/log-search.ts'
import type { Terminals } from '../terminals.ts'

/** One exercise of the platform, for whoever serves it. */
export interface Exercise {
  readonly engine: Engine
  readonly terminals: Terminals
  /** Searches a team's logs; null when its collector does not answer. */
  readonly searchLogs: (team: string, search: LogSearch) => Promise<LogPage | null>
  /** What differs in a service's sources from its start state; null when it can not be had. */
  readonly changes: (team: string, service: string) => Promise<string | null>
  /** Nothing of it acts any more and nothing is taken: it can be read. */
  readonly record: boolean
}
