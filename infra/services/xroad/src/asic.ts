import type { X509Certificate } from 'node:crypto'
import { zipSync } from 'fflate'
import type { Database } from '../../kit/database.ts'
import { ASICE, asicContainer } from './asic-container.ts'
import { authenticateClient } from './client-authentication.ts'
import { XroadError } from './errors.ts'
import { parseClient, subsystemId } from './identifiers.ts'
import type { SecurityServer } from './security-server.ts'
import type { Timestamping } from './timestamping.ts'

/** What a member asks for: its own messages under one X-Road-Id, of exchanges in which it was the client or the provider. */
interface Asked {
  readonly queryId: string
  /** `INSTANCE/CLASS/MEMBER/SUBSYSTEM` */
  readonly member: string
  readonly only: 'request' | 'response' | null
  readonly unique: boolean
  readonly force: boolean
}

const MOST = 50
const CLIENT = ['xRoadInstance', 'memberClass', 'memberCode', 'subsystemCode'] as const

/** An answer of this service that is no document: plain text, as UG-SIGDOC 2.5 says. */
class Refusal extends Error {
  override name = 'Refusal'
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** `GET /asic` (X-Road: Signed Document Download and Verification Manual): the signed documents of a transaction, for either of its two sides. */
export async function downloadDocuments(
  query: URLSearchParams,
  certificate: X509Certificate | undefined,
  { db, server, timestamping }: { db: Database; server: SecurityServer; timestamping: Timestamping },
): Promise<Response> {
  try {
    const asked = readQuery(query, certificate, server)
    let rows = await find(db, asked)
    if (asked.force && rows.some(({ token }) => token === null)) {
      await timestamping.stampAll().catch(() => {
        throw new Refusal(500, 'Failed to get timestamp from any time-stamping providers')
      })
      rows = await find(db, asked)
    }
    if (rows.some(({ token }) => token === null))
      throw new Refusal(500, 'Some message signatures have not been timestamped yet!')
    return documents(asked, rows)
  } catch (error) {
    if (!(error instanceof Refusal)) console.error('asic', error)
    const refusal = error instanceof Refusal ? error : new Refusal(500, 'The documents could not be made')
    return new Response(refusal.message, {
      status: refusal.status,
      headers: { 'content-type': 'text/plain;charset=utf-8' },
    })
  }
}

function readQuery(
  query: URLSearchParams,
  certificate: X509Certificate | undefined,
  server: SecurityServer,
): Asked {
  const missing = ['queryId', ...CLIENT].find((name) => !query.get(name))
  if (missing) throw new Refusal(400, `Missing required parameter: ${missing}`)
  const [requestOnly, responseOnly] = [query.has('requestOnly'), query.has('responseOnly')]
  if (requestOnly && responseOnly) throw new Refusal(400, 'requestOnly and responseOnly exclude each other')
  const only = requestOnly ? 'request' : responseOnly ? 'response' : null
  if (query.has('unique') && !only) throw new Refusal(400, 'unique needs requestOnly or responseOnly')
  const id = CLIENT.map((name) => encodeURIComponent(query.get(name) ?? '')).join('/')
  const member = memberOf(id, certificate, server)
  const flags = { unique: query.has('unique'), force: query.has('force') }
  return { queryId: query.get('queryId') ?? '', member, only, ...flags }
}

/** The member that asks, who is the one that it asks about. */
function memberOf(id: string, certificate: X509Certificate | undefined, server: SecurityServer): string {
  try {
    const member = parseClient(id, server.instance)
    authenticateClient(member, certificate)
    return subsystemId(member)
  } catch (error) {
    if (!(error instanceof XroadError)) throw error
    throw new Refusal(error.type.includes('Ssl') ? 401 : error.status, error.message)
  }
}

interface Row {
  readonly id: number
  readonly response: boolean
  readonly head: string
  readonly body: Buffer
  readonly signature: string
  readonly token: Buffer | null
  readonly digests: string | null
}

async function find(db: Database, { queryId, member, only }: Asked): Promise<readonly Row[]> {
  const { rows } = await db.query<Row>(
    `select l.id, response, head, body, signature, token, digests
     from message_log l left join message_timestamp t on t.id = l.timestamp_id
     where message_id = $1 and (client = $2 or starts_with(service, $2 || '/')) and ($3::boolean is null or response = $3)
     order by l.id limit ${MOST}`,
    [queryId, member, only && only === 'response'],
  )
  if (rows.length === 0) throw new Refusal(404, 'No signed documents found matching the given parameters')
  return rows
}

function documents({ queryId, only, unique }: Asked, rows: readonly Row[]): Response {
  const name = encodeURIComponent(queryId)
  const files = rows.map((row) => ({
    name: `${name}-${row.response ? 'response' : 'request'}-${row.id.toString(36)}.asice`,
    content: asicContainer({
      message: { head: row.head, body: Buffer.from(row.body) },
      signature: row.signature,
      token: Buffer.from(row.token ?? []),
      digests: (row.digests ?? '').split(' ').map((digest) => Buffer.from(digest, 'base64')),
    }),
  }))
  const [first, ...others] = files
  if (unique && first) {
    if (others.length > 0)
      throw new Refusal(400, 'More than one signed document matches the given parameters')
    return download(first.content, ASICE, first.name)
  }
  const zip = zipSync(Object.fromEntries(files.map((file) => [file.name, file.content])), { level: 0 })
  return download(zip, 'application/zip', `${name}${only ? `-${only}` : ''}.zip`)
}

const download = (content: Uint8Array, type: string, name: string): Response =>
  new Response(new Uint8Array(content), {
    headers: { 'content-type': type, 'content-disposition': `attachment; filename="${name}"` },
  })
