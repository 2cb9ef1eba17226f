import { type Context, Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import type { Session } from '../../kit/sessions.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { accountOf, changeAccount } from './account.ts'
import { changeDraft, confirmDraft, declarationsOf, findDeclaration, makeDraft } from './declarations.ts'
import { readIban } from './iban.ts'
import { readChanges } from './input.ts'
import { jsonBody } from './json-body.ts'
import { RegisterSilent, registeredPerson } from './prefill.ts'

/** Last year of which a return can be filed. */
export const TAX_YEAR = 2025

/** The JSON interface of the web pages' own session; changes need its token in `X-CSRF-Token`. */
export function apiRoutes(db: Database, xroad: XroadClient, citizens: Citizens): Hono {
  const api = new Hono()
  const { apiReader: reader, apiWriter: writer } = citizens
  const shown = async (c: Context, session: Session): Promise<Response> => {
    const declaration = await findDeclaration(db, numberOf(c), session.code)
    return declaration ? c.json(declaration) : c.json({ error: 'You have no such tax return' }, 404)
  }

  api.get('/session', async (c) => c.json(await reader(c)))
  api.get('/declarations', async (c) => c.json(await declarationsOf(db, (await reader(c)).code)))

  api.post('/declarations', async (c) => {
    const session = await writer(c)
    try {
      return c.json(await makeDraft(db, await registeredPerson(xroad, session.code), TAX_YEAR), 201)
    } catch (error) {
      if (!(error instanceof RegisterSilent)) throw error
      console.error(error.message)
      return c.json({ error: 'The population register does not answer' }, 502)
    }
  })

  api.get('/declarations/:id', async (c) => shown(c, await reader(c)))

  api.patch('/declarations/:id', async (c) => {
    const session = await writer(c)
    const changes = readChanges(await jsonBody(c))
    if (!changes) return c.json({ error: 'An amount or the note is not valid' }, 400)
    if (!(await changeDraft(db, numberOf(c), session.code, changes)))
      return c.json({ error: 'You have no such draft' }, 404)
    return shown(c, session)
  })

  api.post('/declarations/:id/confirm', async (c) => {
    const session = await writer(c)
    if (!(await confirmDraft(db, numberOf(c), session.code)))
      return c.json({ error: 'You have no such draft' }, 404)
    return shown(c, session)
  })

  api.get('/account', async (c) => c.json({ iban: await accountOf(db, (await reader(c)).code) }))

  api.put('/account', async (c) => {
    const session = await writer(c)
    const asked = await jsonBody(c)
    const iban = readIban(asked.iban)
    if (!iban) return c.json({ error: 'This is not an account number' }, 400)
    await changeAccount(db, session.code, iban)
    return c.json({ iban })
  })
  return api
}

/** Number of the declaration in the path. Anything else is a number that nobody has. */
export const numberOf = (c: Context): number =>
  /^\d{1,12}$/.test(c.req.param('id') ?? '') ? Number(c.req.param('id')) : 0
