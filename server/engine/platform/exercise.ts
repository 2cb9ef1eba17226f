import type { Captures } from '../captures.ts'
import type { Engine } from '../engine.ts'
import type { Citizens } from '../ports/citizens.ts'
import type { LogPage, LogSearch } from '../ports/log-search.ts'
import type { Sources } from '../sources.ts'
import type { Terminals } from '../terminals.ts'

/** One exercise of the platform, for whoever serves it. */
export interface Exercise {
  readonly engine: Engine
  readonly terminals: Terminals
  /** Searches a team's logs; null when its collector does not answer. */
  readonly searchLogs: (team: string, search: LogSearch) => Promise<LogPage | null>
  /** The state of each team as its citizens reach it. */
  readonly citizens: Citizens
  /** What differs in a service's sources from its start state; null when it can not be had. */
  readonly changes: (team: string, service: string) => Promise<string | null>
  /** Sources of teams' services, to be read and changed; null where there is nothing to change any more. */
  readonly sources: Sources | null
  /** Recordings of traffic; null where there is none any more. */
  readonly captures: Captures | null
  /** Nothing of it acts any more and nothing is taken: it can be read. */
  readonly record: boolean
}
