import { readFile } from 'node:fs/promises'
import pg from 'pg'

export type Database = pg.Pool
export type Queryable = Pick<pg.ClientBase, 'query'>

// A date column is a calendar day: as text it never shifts with the time zone. Amounts are euros and fit a number.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** A small pool on `DATABASE_URL`. Connects lazily; a query during an outage rejects after 5 s and later ones work again. */
export function openDatabase(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: 5,
    // A new connection costs the registry's machine a process: one that is used every few moments stays.
    idleTimeoutMillis: 60_000,
    connectionTimeoutMillis: 5000,
    statement_timeout: 5000,
    keepAlive: true,
  })
  // An idle connection that breaks is replaced on next use; unheard, the event would end the process.
  pool.on('error', (error) => console.error(`database connection lost: ${error.message}`))
  return pool
}

/** Runs `work` in one transaction: all of it is kept, or nothing. */
export async function inTransaction<T>(db: Database, work: (client: Queryable) => Promise<T>): Promise<T> {
  const client = await db.connect()
  try {
    await client.query('begin')
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

/**
 * Runs the service's schema (idempotent SQL, one or more files) and, the first time only, `seed`: all in one transaction
 * under a lock, so that a crash in the middle or a second process leaves no half of it.
 */
export async function prepareDatabase(
  pool: Database,
  schemas: readonly URL[],
  seed: (db: Queryable) => Promise<void>,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('set local statement_timeout = 60000')
    await client.query('select pg_advisory_xact_lock(hashtext(current_schema()))')
    for (const schema of schemas) await client.query(await readFile(schema, 'utf8'))
    await client.query('create table if not exists seeded (at timestamptz not null default now())')
    const { rowCount } = await client.query('select from seeded')
    if (rowCount === 0) {
      await seed(client)
      await client.query('insert into seeded default values')
    }
  })
}

/** Inserts many rows in one statement. `table` is a name in the source, never input; keys of the rows are its columns. */
export async function insertRows(db: Queryable, table: string, rows: readonly object[]): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(rows[0] as object).join(', ')
  await db.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
    [JSON.stringify(rows)],
  )
}
