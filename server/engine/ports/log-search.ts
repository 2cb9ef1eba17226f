/** What to look for in a team's logs. */
export interface LogSearch {
  /** Words that must all be in a line. */
  readonly q: string
  /** Only of this service; empty: of all. */
  readonly service: string
  /** Only lines older than the one with this id. */
  readonly before?: number | undefined
  /** Only lines that came in from then on, until then: wall time, ms since the epoch. */
  readonly fromWall?: number | undefined
  readonly toWall?: number | undefined
  readonly limit: number
}

/** Lines, newest first, as the team's own collector tells them. */
export interface LogPage {
  readonly lines: readonly {
    readonly id: number
    readonly at: string
    readonly service: string
    readonly line: string
  }[]
  readonly services: readonly string[]
}
