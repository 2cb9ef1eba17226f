import { Hono } from 'hono'
import { languageOf } from '../../kit/html.ts'
import { noticesOf, openNotice } from './notices.ts'
import { isCode, numberOf, type Portal } from './portal.ts'
import { usageOf } from './tracker.ts'

/** The state app is a client of eID of its own. */
const APP_CLIENT = 'stateapp'

/** The JSON interface: for the state app, which logs in with an ID token, and for the pages' own session. */
export function apiRoutes(portal: Portal): Hono {
  const { db, xroad, idTokens } = portal
  const { apiReader: reader, sessions } = portal.citizens
  const api = new Hono()

  api.post('/session', async (c) => {
    const { id_token } = Object(await c.req.json().catch(() => null))
    try {
      const person = await idTokens.read(String(id_token), APP_CLIENT)
      return c.json(
        { access_token: await sessions.open(person), token_type: 'Bearer', name: person.name },
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
    const { code } = await reader(c)
    const of = c.req.query('of') || code
    const lang = languageOf(c)
    const answer = isCode(of) ? await usageOf(xroad, code, of, { lang, from: c.req.query('from') }) : null
    if (!answer)
      return c.json(
        { error: 'You may see your own usage, that of your children under age and your wards' },
        403,
      )
    if (!answer.asked) return c.json({ error: 'The Data Tracker does not answer', why: answer.why }, 502)
    return c.json({ of, registers: answer.value })
  })
  return api
}
