import { createHash, randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Database } from './database.ts'
import { sameSecret } from './secrets.ts'

/** Schema of the sessions, for `prepareDatabase`. */
export const sessionSchema = new URL('./session.sql', import.meta.url)

export interface Session {
  /** Personal code. */
  readonly code: string
  readonly name: string
  /** Every change must repeat it, in the form field `csrf` or the header `X-CSRF-Token`. */
  readonly csrf: string
}

export interface Sessions {
  /** Opens a session and gives the browser its cookie. */
  start(c: Context, person: Omit<Session, 'csrf'>): Promise<void>
  /** Opens a session for a program that keeps no cookies; returns its secret id, which the program shows as its bearer token. */
  open(person: Omit<Session, 'csrf'>): Promise<string>
  /** Who is logged in; null when nobody is. */
  of(c: Context): Promise<Session | null>
  end(c: Context): Promise<void>
}

const SECONDS = 1800

// The database knows only the hash: reading it gives nobody a session.
const keyOf = (id: string): string => createHash('sha256').update(id).digest('hex')

const BEARER = /^Bearer (\S+)$/

/**
 * Sessions of the citizens of one service, half an hour each, in its table `session` (kit/session.sql). With `bearer`, a program may show
 * the id in `Authorization: Bearer` instead of a cookie (RFC 6750).
 */
export function openSessions(service: string, db: Database, { bearer = false } = {}): Sessions {
  const cookie = `${service}_session`
  const idOf = (c: Context): string | undefined =>
    (bearer ? BEARER.exec(c.req.header('authorization') ?? '')?.[1] : undefined) ?? getCookie(c, cookie)
  const open = async (person: Omit<Session, 'csrf'>): Promise<string> => {
    const id = randomBytes(32).toString('base64url')
    await db.query('delete from session where until < now()')
    await db.query(
      `insert into session (id, code, name, csrf, until) values ($1, $2, $3, $4, now() + make_interval(secs => $5))`,
      [keyOf(id), person.code, person.name, randomBytes(16).toString('hex'), SECONDS],
    )
    return id
  }
  return {
    open,
    async start(c, person) {
      const id = await open(person)
      setCookie(c, cookie, id, { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: SECONDS })
    },
    async of(c) {
      const id = idOf(c)
      if (!id) return null
      const { rows } = await db.query<Session>(
        'select code, name, csrf from session where id = $1 and until > now()',
        [keyOf(id)],
      )
      return rows[0] ?? null
    },
    async end(c) {
      const id = idOf(c)
      if (id) await db.query('delete from session where id = $1', [keyOf(id)])
      deleteCookie(c, cookie, { path: '/' })
    },
  }
}

/** Whether a change carries the token of the session it is made in. */
export const csrfHolds = (session: Session, given: unknown): boolean =>
  sameSecret(session.csrf, String(given ?? ''))
