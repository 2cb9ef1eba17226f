import { createHash, randomBytes } from 'node:crypto'
import type { Queryable } from '../../kit/database.ts'
import type { Item } from './clients.ts'

/** A web service's request for a person's information, on its way from request to decision. */
export interface Consent {
  readonly id: string
  readonly client: string
  readonly redirectUri: string
  readonly state: string
  readonly codeChallenge: string
  readonly items: readonly Item[]
  readonly purpose: string
  /** Hash of what the browser holds in which it was opened. */
  readonly browser: string | null
  /** Whose card was read. */
  readonly number: string | null
  readonly granted: readonly Item[] | null
}

const SECONDS = 600
const CODE_SECONDS = 60
export const TOKEN_SECONDS = 600
const COLUMNS = `id, client, redirect_uri as "redirectUri", state, code_challenge as "codeChallenge", items, purpose, browser, number, granted`

const secret = (): string => randomBytes(32).toString('base64url')
/** The database knows only hashes of codes and tokens: reading it gives nobody a way in. */
export const hashed = (text: string): string => createHash('sha256').update(text).digest('base64url')

/** Keeps a pushed request for ten minutes; gives its id. */
export async function pushConsent(
  db: Queryable,
  pushed: Pick<Consent, 'client' | 'redirectUri' | 'state' | 'codeChallenge' | 'items' | 'purpose'>,
): Promise<{ id: string; expiresIn: number }> {
  const id = secret()
  await db.query(
    `insert into consent (id, client, redirect_uri, state, code_challenge, items, purpose, until)
     values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => $8))`,
    [
      ...[id, pushed.client, pushed.redirectUri, pushed.state, pushed.codeChallenge],
      ...[JSON.stringify(pushed.items), pushed.purpose, SECONDS],
    ],
  )
  return { id, expiresIn: SECONDS }
}

/** An open request; null when there is none, or its time is over, or it is decided. */
export async function findConsent(db: Queryable, id: string): Promise<Consent | null> {
  const { rows } = await db.query(
    `select ${COLUMNS} from consent where id = $1 and until > now() and granted is null`,
    [id],
  )
  return rows[0] ?? null
}

/** Binds a request to the browser that opens it first; gives what that browser shall hold. Null when another has opened it. */
export async function openConsent(db: Queryable, id: string): Promise<string | null> {
  const held = secret()
  const { rowCount } = await db.query(
    'update consent set browser = $2 where id = $1 and browser is null and until > now()',
    [id, hashed(held)],
  )
  return rowCount === 1 ? held : null
}

export async function nameHolder(db: Queryable, id: string, number: string): Promise<void> {
  await db.query('update consent set number = $2 where id = $1', [id, number])
}

/** The person agreed to these items: gives the code for the web service. Null when it was decided already. */
export async function grantConsent(
  db: Queryable,
  id: string,
  items: readonly Item[],
): Promise<string | null> {
  const code = secret()
  const { rowCount } = await db.query(
    `update consent set granted = $2, code = $3, code_until = now() + make_interval(secs => $4)
     where id = $1 and granted is null and number is not null`,
    [id, JSON.stringify(items), hashed(code), CODE_SECONDS],
  )
  return rowCount === 1 ? code : null
}

/** The person said no: the request is gone. */
export async function refuseConsent(db: Queryable, id: string): Promise<null> {
  await db.query('delete from consent where id = $1 and granted is null', [id])
  return null
}

/** The request that a code stands for, which is used up by that; null when it is unknown, used or older than a minute. */
export async function takeCode(db: Queryable, code: string): Promise<Consent | null> {
  const { rows } = await db.query(
    `update consent set code = null where code = $1 and code_until > now() returning ${COLUMNS}`,
    [hashed(code)],
  )
  return rows[0] ?? null
}

export async function issueToken(db: Queryable, id: string): Promise<string> {
  const token = secret()
  await db.query(
    'update consent set token = $2, token_until = now() + make_interval(secs => $3) where id = $1',
    [id, hashed(token), TOKEN_SECONDS],
  )
  return token
}

/** The request that a token stands for; null when it is unknown or over. */
export async function consentOfToken(db: Queryable, token: string): Promise<Consent | null> {
  const { rows } = await db.query(`select ${COLUMNS} from consent where token = $1 and token_until > now()`, [
    hashed(token),
  ])
  return rows[0] ?? null
}
