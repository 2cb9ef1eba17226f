import { Socket } from 'node:net'
import pg from 'pg'
import { type Reach, resolveTarget, sourceFor } from './networks.ts'
import { type Reply, type SqlQuery, StepFailure } from './steps.ts'

const ROWS = 1_000
/** More than this from a database that a team may have changed would only fill our memory, where empty columns take ten times what they take on the line. */
const BYTES = 128 * 1024

/** A socket that comes from one of the probe's addresses and reads no more than BYTES. */
function boundedSocket(localAddress: string | undefined): Socket {
  const socket = new Socket()
  const connect = socket.connect.bind(socket)
  socket.connect = ((port: number, host: string) =>
    connect({ port, host, ...(localAddress && { localAddress }) })) as Socket['connect']
  socket.on('data', () => {
    if (socket.bytesRead > BYTES) socket.destroy(new Error(`more than ${BYTES} bytes`))
  })
  return socket
}

/** One query on a new connection; rows come as JSON. The password never goes into the evidence. @throws StepFailure */
export async function sendSql(
  query: SqlQuery,
  reach: Reach,
  choice: number,
  deadline: number,
): Promise<Reply> {
  const since = performance.now()
  const sent = `${query.user}@${query.host}/${query.database}: ${query.query} ${JSON.stringify(query.params)}`
  const [name = '', port = '5432'] = query.host.split(':')
  const host = await resolveTarget(name, reach.networks)
  const socket = boundedSocket(sourceFor(host, reach, choice))
  const left = Math.ceil(Math.max(50, deadline - performance.now()))
  const client = new pg.Client({
    host,
    port: Number(port),
    user: query.user,
    password: query.password,
    database: query.database,
    // For the database to clean up after us; our own timer ends the step.
    statement_timeout: left + 500,
    stream: () => socket,
  })
  client.on('error', () => {})
  let late = false
  const timer = setTimeout(() => {
    late = true
    socket.destroy(new Error('no answer in time'))
  }, left)
  try {
    await client.connect()
    const result: pg.QueryResult | readonly pg.QueryResult[] = await client.query(query.query, [
      ...query.params,
    ])
    const last = Array.isArray(result) ? result.at(-1) : result
    const rows = ((last?.rows ?? []) as readonly unknown[]).slice(0, ROWS)
    const body = JSON.stringify(rows)
    return { status: rows.length, headers: {}, body, sent, ms: performance.now() - since, note: '' }
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string }
    // A SQLSTATE has five characters: then the database did answer. 57P.. says that it starts, stops or has crashed.
    // Of a login that can not go on the client says itself what the server asked for.
    const said = !late && (/^[0-9A-Z]{5}$/.test(code) || message.startsWith('SASL'))
    const answered = said ? !code.startsWith('57P') : !late && socket.bytesRead > 0
    throw new StepFailure(answered ? 'broken' : 'down', {
      expected: 'a result',
      received: `${code} ${late ? 'no answer in time' : message}`.trim(),
      sent,
      cut: !said,
    })
  } finally {
    clearTimeout(timer)
    // Says goodbye, and does not wait for a database that never does.
    client.end().catch(() => {})
    setTimeout(() => socket.destroy(), 200).unref()
  }
}
