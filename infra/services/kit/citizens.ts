import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Database } from './database.ts'
import { type Html, type Lang, languageOf } from './html.ts'
import { type RelyingParty, relyingParty } from './relying-party.ts'
import { environment } from './secrets.ts'
import { csrfHolds, openSessions, type Session, type Sessions } from './sessions.ts'

/** What the front page says after a login that did not succeed. */
export type LoginTrouble = 'cancelled' | 'loginFailed'

/** Citizens of one service: how they log in and out, and who a request comes from. */
export interface Citizens {
  /** `/login`, `/login/callback` and `/logout`. */
  readonly routes: Hono
  /** Who is logged in; null when nobody is. */
  session(c: Context): Promise<Session | null>
  /** The sessions themselves, for a service with another way in besides eID. */
  readonly sessions: Sessions
  /** For a page: somebody without a session is sent to the front page. */
  reader(c: Context): Promise<Session>
  /** For a form: the session and the fields, which must carry its token in `csrf` (else 403). */
  writer(c: Context): Promise<{ readonly session: Session; readonly form: Record<string, unknown> }>
  /** For the JSON interface: 401 without a session. */
  apiReader(c: Context): Promise<Session>
  /** For a change over the JSON interface: the header `X-CSRF-Token` must carry the session's token (else 403). */
  apiWriter(c: Context): Promise<Session>
}

/**
 * Login of citizens of `service` through the state's eID. Needs ISSUER, BASE_URL and OIDC_SECRET in the environment and the
 * service as a client of eid. `welcome` is the front page of somebody who is not logged in. With `bearer`, a session's id may come in
 * `Authorization: Bearer` too.
 */
export function openCitizens(options: {
  readonly service: string
  readonly db: Database
  readonly welcome: (lang: Lang, said: LoginTrouble | null) => Html
  readonly party?: RelyingParty
  readonly bearer?: boolean
}): Citizens {
  const { service, db, welcome } = options
  const sessions = openSessions(service, db, { bearer: options.bearer ?? false })
  const party =
    options.party ??
    relyingParty({
      issuer: environment('ISSUER'),
      clientId: service,
      secret: environment('OIDC_SECRET'),
      baseUrl: environment('BASE_URL'),
    })

  const reader = async (c: Context): Promise<Session> => {
    const session = await sessions.of(c)
    if (!session) throw new HTTPException(303, { res: c.redirect('/', 303) })
    return session
  }
  const writer = async (c: Context) => {
    const session = await reader(c)
    const form = await c.req.parseBody()
    if (!csrfHolds(session, form.csrf))
      throw new HTTPException(403, { message: 'The form is not of this session' })
    return { session, form }
  }
  const apiReader = async (c: Context): Promise<Session> => {
    const session = await sessions.of(c)
    if (!session) throw new HTTPException(401, { message: 'Log in first' })
    return session
  }

  const routes = new Hono()
  routes.get('/login', async (c) => c.redirect(await party.start(c, languageOf(c)), 303))
  routes.get('/login/callback', async (c) => {
    try {
      const person = await party.finish(c)
      if (person === 'cancelled') return c.html(welcome(languageOf(c), 'cancelled'))
      await sessions.start(c, person)
      return c.redirect('/', 303)
    } catch (error) {
      console.error(`login refused: ${String(error)}`)
      return c.html(welcome(languageOf(c), 'loginFailed'), 400)
    }
  })
  routes.post('/logout', async (c) => {
    await writer(c)
    await sessions.end(c)
    return c.redirect('/', 303)
  })

  return {
    routes,
    sessions,
    session: (c) => sessions.of(c),
    reader,
    writer,
    apiReader,
    async apiWriter(c) {
      const session = await apiReader(c)
      if (!csrfHolds(session, c.req.header('x-csrf-token')))
        throw new HTTPException(403, { message: 'The header X-CSRF-Token is wrong' })
      return session
    },
  }
}
