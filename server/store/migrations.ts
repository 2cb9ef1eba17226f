import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { type MigrationConfig, readMigrationFiles } from 'drizzle-orm/migrator'
import type { Database } from './backend.ts'
import { StoreProblem } from './problem.ts'

const migrationsFolder = join(import.meta.dirname, 'migrations')

/**
 * Brings the schema up to this version with the driver's own migrator, which does each missing step once.
 * @throws `StoreProblem` (`other-version`) when a newer Kilp wrote the store: it is left as it is.
 */
export async function applyMigrations(
  database: Database,
  place: string,
  migrate: (config: MigrationConfig) => Promise<void>,
): Promise<void> {
  const newest = readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis ?? 0
  const applied = await lastApplied(database)
  if (applied > newest)
    throw new StoreProblem(
      'other-version',
      `${place} was written by a newer version of Kilp. Start that version, or dump there and restore into an empty store.`,
    )
  if (applied < newest) await migrate({ migrationsFolder })
}

/** When the newest applied migration was generated (epoch ms), or 0 for an empty database. */
async function lastApplied(database: Database): Promise<number> {
  const present = await database
    .select({ yes: sql<boolean>`to_regclass('drizzle.__drizzle_migrations') is not null` })
    .from(sql`(values (1)) as one`)
  if (!present[0]?.yes) return 0
  const last = await database
    .select({ at: sql<string | null>`max(created_at)` })
    .from(sql`drizzle.__drizzle_migrations`)
  return Number(last[0]?.at ?? 0)
}
