import { createHash, randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Database } from '../../kit/database.ts'
import { sameSecret } from '../../kit/secrets.ts'

export interface Session {
  readonly code: string
  readonly name: string
  /** Every change must repeat it, in the form field `csrf` or the header `X-CSRF-Token`. */
  readonly csrf: string
}

const COOKIE = 'portal_session'
const SECONDS = 1800

// The database knows only the hash: reading it gives nobody a session.
const keyOf = (id: string): string => createHash('sha256').update(id).digest('hex')

/** Opens a session and returns its secret id. */
export async function openSession(db: Database, person: Omit<Session, 'csrf'>): Promise<string> {
  const id = randomBytes(32).toString('base64url')
  await db.query('delete from session where until < now()')
  await db.query(
    `insert into session (id, code, name, csrf, until) values ($1, $2, $3, $4, now() + make_interval(secs => $5))`,
    [keyOf(id), person.code, person.name, randomBytes(16).toString('hex'), SECONDS],
  )
  return id
}

export function giveCookie(c: Context, id: string): void {
  setCookie(c, COOKIE, id, { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: SECONDS })
}

/** A browser shows its cookie, the app its bearer token. */
const idOf = (c: Context): string | undefined =>
  /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? getCookie(c, COOKIE)

export async function sessionOf(c: Context, db: Database): Promise<Session | null> {
  const id = idOf(c)
  if (!id) return null
  const { rows } = await db.query<Session>(
    'select code, name, csrf from session where id = $1 and until > now()',
    [keyOf(id)],
  )
  return rows[0] ?? null
}

export async function endSession(c: Context, db: Database): Promise<void> {
  const id = idOf(c)
  if (id) await db.query('delete from session where id = $1', [keyOf(id)])
  deleteCookie(c, COOKIE, { path: '/' })
}

export const csrfHolds = (session: Session, given: unknown): boolean =>
  sameSecret(session.csrf, String(given ?? ''))
