import { createHash, randomBytes } from 'node:crypto'
import type { Database, Queryable } from '../../kit/database.ts'

/** What an app may do, and for whom. */
export interface Grant {
  /** Personal code and name of the person who let the app in. */
  readonly code: string
  readonly name: string
  /** With spaces between, as OAuth writes it. */
  readonly scope: string
  /** The patient in whose record the app works. */
  readonly patient: string
}

export interface PendingCode extends Grant {
  readonly client: string
  readonly redirect: string
  /** PKCE S256 challenge. */
  readonly challenge: string
}

export const TOKEN_SECONDS = 3600
const CODE_SECONDS = 60

// The database knows only hashes: reading it gives nobody a token.
const keyOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
const made = (): string => randomBytes(32).toString('base64url')

export async function makeCode(db: Queryable, pending: PendingCode): Promise<string> {
  const code = made()
  await db.query(
    `insert into app_code (id, client, redirect, challenge, code, name, scope, patient, until)
     values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(secs => $9))`,
    [
      ...[keyOf(code), pending.client, pending.redirect, pending.challenge],
      ...[pending.code, pending.name, pending.scope, pending.patient, CODE_SECONDS],
    ],
  )
  return code
}

/** What the code stands for; a code works once. Null when it is unknown, used or too old. */
export async function redeemCode(db: Queryable, code: string): Promise<PendingCode | null> {
  await db.query('delete from app_code where until < now()')
  const { rows } = await db.query<PendingCode>(
    'delete from app_code where id = $1 returning client, redirect, challenge, code, name, scope, patient',
    [keyOf(code)],
  )
  return rows[0] ?? null
}

export async function makeToken(db: Queryable, grant: Grant): Promise<string> {
  const token = made()
  await db.query('delete from app_token where until < now()')
  await db.query(
    `insert into app_token (id, code, name, scope, patient, until)
     values ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))`,
    [keyOf(token), grant.code, grant.name, grant.scope, grant.patient, TOKEN_SECONDS],
  )
  return token
}

export async function findToken(db: Database, token: string): Promise<Grant | null> {
  const { rows } = await db.query<Grant>(
    'select code, name, scope, patient from app_token where id = $1 and until > now()',
    [keyOf(token)],
  )
  return rows[0] ?? null
}

/** Whether a PKCE verifier (RFC 7636, S256) fits its challenge. */
export const verifierFits = (verifier: string, challenge: string): boolean =>
  /^[\w.~-]{43,128}$/.test(verifier) &&
  createHash('sha256').update(verifier).digest('base64url') === challenge
