import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { languageOf } from '../../kit/html.ts'
import { noticesOf, openNotice } from './notices.ts'
import { isCode, numberOf, type Portal } from './portal.ts'
import { openSession, type Session, sessionOf } from './sessions.ts'
import { usageOf } from './tracker.ts'

/** The state app is a client of eID of its own. */
const APP_CLIENT = 'stateapp'

/** The JSON interface: for the state app, which logs in with an ID token, and for the pages' own session. */
export function apiRoutes(portal: Portal): Hono {
  const { db, xroad, party } = portal
  const api = new Hono()

  const reader = async (c: Context): Promise<Session> => {
    const session = await sessionOf(c, db)
    if (!session) throw new HTTPException(401, { message: 'Log in first' })
    return session
  }

  api.post('/session', async (c) => {
    const { id_token } = Object(await c.req.json().catch(() => null))
    try {
      const person = await party.idTokens.read(String(id_token), APP_CLIENT)
      return c.json(
        { access_token: await openSession(db, person), token_type: 'Bearer', name: person.name },
        201,
      )
    } catch (error) {
      console.error(`app login refused: ${String(error)}`)
      return c.json({ error: 'The ID token is not accepted' }, 401)
    }
  })
  api.get('/session', async (c) => {
    const { code, name } = await reader(c)
    return c.json({ code, name, official: portal.officials.has(code) })
  })

  api.get('/mailbox', async (c) => c.json(await noticesOf(db, (await reader(c)).code)))
  api.get('/mailbox/:id', async (c) => {
    const notice = await openNotice(db, numberOf(c), (await reader(c)).code)
    return notice ? c.json(notice) : c.json({ error: 'You have no such letter' }, 404)
  })

  api.get('/tracker', async (c) => {
    const session = await reader(c)
    const of = c.req.query('of') || session.code
    const registers = isCode(of)
      ? await usageOf(xroad, session.code, of, { lang: languageOf(c), from: c.req.query('from') })
      : null
    if (!registers)
      return c.json({ error: 'You may see your own usage and that of your children under age' }, 403)
    return c.json({
      of,
      registers: registers.map(({ register, answer }) =>
        answer.asked
          ? { register, asked: true, ...answer.value }
          : { register, asked: false, why: answer.why },
      ),
    })
  })
  return api
}
