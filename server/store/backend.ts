import type { PgDatabase, PgQueryResultHKT, PgTable } from 'drizzle-orm/pg-core'

export type Database = PgDatabase<PgQueryResultHKT, Record<string, never>>

/** What the two databases do differently; everything above speaks drizzle to either. */
export interface Backend {
  /** Where the data is, fit for a message: never with a password. */
  readonly place: string
  readonly reader: Database
  /** Runs `work` as the one writer. Rejects with `ConnectionLost` when it can not be known whether the work was done. */
  write<T>(work: (database: Database) => Promise<T>): Promise<T>
  /** Makes room again of rows that were deleted or replaced, where no server does so by itself. */
  tidy(table: PgTable): Promise<void>
  /** What is left where it writes; null where only the server knows. */
  freeBytes(): Promise<number | null>
  close(): Promise<void>
}

export class ConnectionLost extends Error {
  override name = 'ConnectionLost'
}
