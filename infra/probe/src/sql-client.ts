import pg from 'pg'
import { type Network, resolveTarget } from './networks.ts'
import { type Reply, type SqlQuery, StepFailure } from './steps.ts'

const ROWS = 1_000

/** One query on a new connection; rows come as JSON. The password never goes into the evidence. @throws StepFailure */
export async function sendSql(
  query: SqlQuery,
  networks: readonly Network[],
  deadline: number,
): Promise<Reply> {
  const since = performance.now()
  const left = Math.max(50, deadline - since)
  const sent = `${query.user}@${query.host}/${query.database}: ${query.query} ${JSON.stringify(query.params)}`
  const [name = '', port = '5432'] = query.host.split(':')
  const host = await resolveTarget(name, networks)
  const client = new pg.Client({
    host,
    port: Number(port),
    user: query.user,
    password: query.password,
    database: query.database,
    connectionTimeoutMillis: left,
    query_timeout: left,
    statement_timeout: Math.ceil(left),
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const result = await client.query(query.query, [...query.params])
    const rows = (Array.isArray(result) ? result.at(-1) : result).rows.slice(0, ROWS)
    return {
      status: rows.length,
      headers: {},
      body: JSON.stringify(rows),
      sent,
      ms: performance.now() - since,
      note: '',
    }
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    // A SQLSTATE has five characters: then the database did answer.
    const answered = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('57P')
    throw new StepFailure(answered ? 'broken' : 'down', {
      expected: 'a result',
      received: `${code ?? ''} ${message}`.trim(),
      sent,
    })
  } finally {
    await client.end().catch(() => undefined)
  }
}
