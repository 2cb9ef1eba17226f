import { randomUUID } from 'node:crypto'
import type { Database } from '../../../kit/database.ts'
import { hashOf, randomText } from '../jws.ts'
import { type Purpose, purposeOf } from './purposes.ts'
import type { Reason } from './refusal.ts'

export type Device = 'same' | 'other'

export interface Verification {
  readonly id: string
  readonly purpose: Purpose
  readonly device: Device
  readonly nonce: string
  /** `state` of the request. */
  readonly opaque: string
  readonly state: 'waiting' | 'checking' | 'accepted' | 'refused'
  readonly reason: Reason | null
  readonly claims: Readonly<Record<string, unknown>> | null
}

const SECONDS = 600
const COLUMNS = 'id, purpose, device, nonce, opaque, state, reason, claims'

type Row = Omit<Verification, 'purpose'> & { readonly purpose: string }
const read = (row: Row | undefined): Verification | null => {
  const purpose = row && purposeOf(row.purpose)
  return purpose ? { ...row, purpose } : null
}
const isId = (id: string): boolean => /^[0-9a-f-]{36}$/.test(id)

/** Opens a verification for one browser: only who holds `browser` sees its outcome. */
export async function openVerification(
  db: Database,
  purpose: Purpose,
  device: Device,
): Promise<{ readonly id: string; readonly browser: string }> {
  const browser = randomText()
  await db.query('delete from verification where until < now()')
  const { rows } = await db.query<{ id: string }>(
    `insert into verification (id, purpose, device, nonce, opaque, browser, until)
     values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7)) returning id`,
    [randomUUID(), purpose.id, device, randomText(), randomText(), hashOf(browser), SECONDS],
  )
  return { id: rows[0]?.id ?? '', browser }
}

/** A verification that still waits for a wallet. */
export async function waitingVerification(db: Database, id: string): Promise<Verification | null> {
  if (!isId(id)) return null
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from verification where id = $1 and state = 'waiting' and until > now()`,
    [id],
  )
  return read(rows[0])
}

/** Takes the one response that a verification gets: null when it had it already or the wallet's `state` is not its own. */
export async function takeResponse(db: Database, id: string, opaque: string): Promise<Verification | null> {
  if (!isId(id)) return null
  const { rows } = await db.query<Row>(
    `update verification set state = 'checking'
     where id = $1 and opaque = $2 and state = 'waiting' and until > now() returning ${COLUMNS}`,
    [id, opaque],
  )
  return read(rows[0])
}

/** Notes the outcome; gives the code that the wallet hands to the browser on the same device. */
export async function conclude(
  db: Database,
  id: string,
  outcome: { readonly claims: Record<string, unknown> } | { readonly reason: Reason },
): Promise<string> {
  const code = randomText()
  const accepted = 'claims' in outcome
  await db.query(
    `update verification set state = $2, claims = $3, reason = $4, response_code = $5 where id = $1`,
    [
      id,
      accepted ? 'accepted' : 'refused',
      accepted ? JSON.stringify(outcome.claims) : null,
      accepted ? null : outcome.reason,
      hashOf(code),
    ],
  )
  return code
}

/**
 * What the browser that asked may see. On the same device the outcome is shown only with the response code that the wallet brought
 * back: so nobody can make another person's wallet answer their own question.
 */
export async function seenBy(
  db: Database,
  id: string,
  browser: string,
  responseCode: string | undefined,
): Promise<Verification | null> {
  if (!isId(id)) return null
  const { rows } = await db.query<Row & { readonly responseCode: string | null }>(
    `select ${COLUMNS}, response_code as "responseCode" from verification where id = $1 and browser = $2 and until > now()`,
    [id, hashOf(browser)],
  )
  const [row] = rows
  if (!row) return null
  const { responseCode: expected, ...seen } = row
  const hidden = seen.device === 'same' && (!responseCode || hashOf(responseCode) !== expected)
  return read(hidden ? { ...seen, state: 'waiting', reason: null, claims: null } : seen)
}
