import { setTimeout as sleep } from 'node:timers/promises'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { Client, type ClientConfig, DatabaseError, Pool } from 'pg'
import { type Backend, ConnectionLost, type Database } from './backend.ts'
import { applyMigrations } from './migrations.ts'
import { driverError, errorCode, StoreProblem } from './problem.ts'

/** Any fixed number: it means "the Kilp platform" among the advisory locks of a database. */
const PLATFORM_LOCK = 4_600_108_112
/** How long a predecessor's lock may outlive it: the server sees a killed client within moments. */
const LOCK_PATIENCE_MS = 3_000
/** How long a write waits for a server that restarts. */
const RECONNECT_PATIENCE_MS = 15_000
const OLDEST_SERVER = 140_000

interface Writer {
  readonly client: Client
  readonly database: NodePgDatabase
}

/**
 * PostgreSQL by address. All writing goes over one connection that holds the platform's lock on the database: when the
 * connection is lost so is the right to write, and the next write must win the lock again first.
 * @throws StoreProblem when the address is no good, nobody answers, access is refused, or another platform has the lock.
 */
export async function openPostgres(databaseUrl: string): Promise<Backend> {
  const { config, place } = addressOf(databaseUrl)
  const connect = async (): Promise<Writer> => {
    const client = new Client(config)
    // A lost connection also shows in the query under way; without a listener it would end the process.
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('set synchronous_commit = on')
      await client.query(
        'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3',
      )
      await takeLock(client, place)
      return { client, database: drizzle(client) }
    } catch (error) {
      await client.end().catch(() => undefined)
      throw problemOf(place, error)
    }
  }
  const first = await connect()
  try {
    await checkServer(first.client, place)
    await applyMigrations(first.database, place, (options) => migrate(first.database, options))
  } catch (error) {
    await first.client.end().catch(() => undefined)
    throw problemOf(place, error)
  }
  let writer: Writer | null = first
  const pool = new Pool({ ...config, max: 4 })
  pool.on('error', () => undefined)

  const reconnect = async (): Promise<Writer> => {
    const until = Date.now() + RECONNECT_PATIENCE_MS
    for (;;) {
      try {
        return await connect()
      } catch (error) {
        const passing = error instanceof StoreProblem && error.code === 'unreachable'
        if (!passing || Date.now() > until) throw error
        await sleep(250)
      }
    }
  }
  const writeAlone = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
    writer ??= await reconnect()
    const { client, database } = writer
    try {
      return await work(database)
    } catch (error) {
      const fault = driverError(error)
      if (!isLost(fault)) throw problemOf(place, fault)
      writer = null
      await client.end().catch(() => undefined)
      throw new ConnectionLost(`The connection to ${place} was lost`, { cause: fault })
    }
  }
  let queue: Promise<unknown> = Promise.resolve()
  return {
    place,
    reader: drizzle(pool),
    write(work) {
      // One connection, so one transaction at a time.
      const result = queue.then(() => writeAlone(work))
      queue = result.catch(() => undefined)
      return result
    },
    tidy: async () => {},
    freeBytes: async () => null,
    async close() {
      await Promise.all([pool.end(), writer?.client.end()])
    },
  }
}

function addressOf(databaseUrl: string): { config: ClientConfig; place: string } {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : null
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || url.pathname.length < 2)
    throw new StoreProblem(
      'bad-address',
      'DATABASE_URL is not the address of a PostgreSQL database. It looks like postgres://user:password@host:5432/database.',
    )
  return {
    config: {
      connectionString: databaseUrl,
      connectionTimeoutMillis: 5_000,
      query_timeout: 60_000,
      keepAlive: true,
      application_name: 'kilp',
    },
    place: `PostgreSQL at ${url.host}${url.pathname}`,
  }
}

async function takeLock(client: Client, place: string): Promise<void> {
  const until = Date.now() + LOCK_PATIENCE_MS
  for (;;) {
    const result = await client.query<{ won: boolean }>('select pg_try_advisory_lock($1::bigint) as won', [
      PLATFORM_LOCK,
    ])
    if (result.rows[0]?.won) return
    if (Date.now() > until)
      throw new StoreProblem(
        'locked',
        `${place} is in use by another Kilp platform. Stop that one first, or give this one a database of its own.`,
      )
    await sleep(100)
  }
}

async function checkServer(client: Client, place: string): Promise<void> {
  const result = await client.query<{ version: string }>(
    "select current_setting('server_version_num') as version",
  )
  const version = Number(result.rows[0]?.version ?? 0)
  if (version < OLDEST_SERVER)
    throw new StoreProblem(
      'other-version',
      `${place} is version ${Math.floor(version / 10_000)}; Kilp needs PostgreSQL ${OLDEST_SERVER / 10_000} or newer.`,
    )
}

/**
 * True when the connection is gone: the driver's or the system's own errors, and what the server says when it shuts down.
 * Refusals of ours come through a transaction too and are no fault of the connection.
 */
function isLost(error: unknown): boolean {
  if (error instanceof DatabaseError) return /^(08|57P)/.test(error.code ?? '')
  return error instanceof AggregateError || (error instanceof Error && error.name === 'Error')
}

function problemOf(place: string, error: unknown): unknown {
  const fault = driverError(error)
  if (fault instanceof StoreProblem || !(fault instanceof Error)) return fault
  const code = errorCode(fault)
  switch (code) {
    case '28P01':
    case '28000':
      return new StoreProblem('refused', `${place} refuses the user or password of DATABASE_URL.`, fault)
    case '3D000':
      return new StoreProblem(
        'refused',
        `${place}: that database does not exist. Create it first (createdb).`,
        fault,
      )
    case '42501':
      return new StoreProblem(
        'refused',
        `${place}: the user may not create tables. Make it the owner of the database.`,
        fault,
      )
    case '25006':
      return new StoreProblem(
        'not-writable',
        `${place} is read-only (a standby?). Give the address of the primary.`,
        fault,
      )
    case '53100':
      return new StoreProblem('full', `${place} has no disk space left.`, fault)
  }
  if (isLost(fault) || code === '53300')
    return new StoreProblem(
      'unreachable',
      `${place} does not answer (${fault.message || code}). Is it running, and is DATABASE_URL right?`,
      fault,
    )
  return fault
}
