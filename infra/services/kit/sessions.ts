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
  /** Who is logged in; null when nobody is. */
  of(c: Context): Promise<Session | null>
  end(c: Context): Promise<void>
}

const SECONDS = 1800

// The database knows only the hash: reading it gives nobody a session.
const keyOf = (id: string): string => createHash('sha256').update(id).digest('hex')

/** Sessions of the citizens of one service, half an hour each, in its table `session` (kit/session.sql). */
export function openSessions(service: string, db: Database): Sessions {
  const cookie = `${service}_session`
  return {
    async start(c, person) {
      const id = randomBytes(32).toString('base64url')
      await db.query('delete from session where until < now()')
      await db.query(
        `insert into session (id, code, name, csrf, until) values ($1, $2, $3, $4, now() + make_interval(secs => $5))`,
        [keyOf(id), person.code, person.name, randomBytes(16).toString('hex'), SECONDS],
      )
      setCookie(c, cookie, id, { path: '/', httpOnly: true, sameSite: 'Lax', maxAge: SECONDS })
    },
    async of(c) {
      const id = getCookie(c, cookie)
      if (!id) return null
      const { rows } = await db.query<Session>(
        'select code, name, csrf from session where id = $1 and until > now()',
        [keyOf(id)],
      )
      return rows[0] ?? null
    },
    async end(c) {
      const id = getCookie(c, cookie)
      if (id) await db.query('delete from session where id = $1', [keyOf(id)])
      deleteCookie(c, cookie, { path: '/' })
    },
  }
}

/** Whether a change carries the token of the session it is made in. */
export const csrfHolds = (session: Session, given: unknown): boolean =>
  sameSecret(session.csrf, String(given ?? ''))
