import type { ExerciseRows } from '../engine/ports/exercise-rows.ts'
import type { EventLog } from '../engine/ports/ports.ts'
import type { Backend } from './backend.ts'
import { exerciseRows } from './exercise-rows.ts'
import { eventLog } from './log.ts'
import { openPglite } from './pglite-backend.ts'
import { openPostgres } from './postgres-backend.ts'

export type StoreOptions = { readonly dataDir: string } | { readonly databaseUrl: string }

/** The event log, and what `dump` and `restore`, exports and imports need beyond it. */
export interface Store extends EventLog, ExerciseRows {
  readonly backend: Backend
}

/**
 * Opens the store and brings its schema up to date: PGlite in a folder of this machine, or PostgreSQL. Only one platform at a
 * time can have it open.
 * @throws StoreProblem saying what is wrong and how to mend it.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const backend =
    'databaseUrl' in options ? await openPostgres(options.databaseUrl) : await openPglite(options.dataDir)
  return { ...eventLog(backend), ...exerciseRows(backend), backend }
}
