import { Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { languageOf } from '../../kit/html.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { accountOf, changeAccount } from './account.ts'
import { numberOf, TAX_YEAR } from './api.ts'
import { changeDraft, confirmDraft, declarationsOf, findDeclaration, makeDraft } from './declarations.ts'
import { readIban } from './iban.ts'
import { readChanges } from './input.ts'
import { accountPage, declarationPage, listPage, messagePage, welcomePage } from './pages.ts'
import { RegisterSilent, registeredPerson } from './prefill.ts'

/** The pages that a citizen sees. */
export function pageRoutes(db: Database, xroad: XroadClient, citizens: Citizens): Hono {
  const pages = new Hono()
  const { reader, writer } = citizens

  pages.get('/', async (c) => {
    const session = await citizens.session(c)
    const lang = languageOf(c)
    if (!session) return c.html(welcomePage(lang, null))
    return c.html(listPage(lang, session, TAX_YEAR, await declarationsOf(db, session.code)))
  })
  pages.post('/declarations', async (c) => {
    const { session } = await writer(c)
    try {
      const { id } = await makeDraft(db, await registeredPerson(xroad, session.code), TAX_YEAR)
      return c.redirect(`/declarations/${id}`, 303)
    } catch (error) {
      if (!(error instanceof RegisterSilent)) throw error
      console.error(error.message)
      return c.html(messagePage(languageOf(c), session, 'registerSilent'), 502)
    }
  })
  pages.get('/declarations/:id', async (c) => {
    const session = await reader(c)
    const declaration = await findDeclaration(db, numberOf(c), session.code)
    if (!declaration) return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
    const said = c.req.query('said') === 'saved' ? 'saved' : null
    return c.html(declarationPage(languageOf(c), session, declaration, said))
  })
  pages.post('/declarations/:id', async (c) => {
    const { session, form } = await writer(c)
    const changes = readChanges(form)
    if (!changes) return c.html(messagePage(languageOf(c), session, 'badAmount'), 400)
    if (!(await changeDraft(db, numberOf(c), session.code, changes)))
      return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
    return c.redirect(`/declarations/${numberOf(c)}?said=saved`, 303)
  })
  pages.post('/declarations/:id/confirm', async (c) => {
    const { session } = await writer(c)
    if (!(await confirmDraft(db, numberOf(c), session.code)))
      return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
    return c.redirect(`/declarations/${numberOf(c)}`, 303)
  })

  pages.get('/account', async (c) => {
    const session = await reader(c)
    const said = c.req.query('said') === 'saved' ? 'saved' : null
    return c.html(accountPage(languageOf(c), session, await accountOf(db, session.code), said))
  })
  pages.post('/account', async (c) => {
    const { session, form } = await writer(c)
    const iban = readIban(form.iban)
    if (!iban) return c.html(accountPage(languageOf(c), session, String(form.iban ?? ''), 'badIban'), 400)
    await changeAccount(db, session.code, iban)
    return c.redirect('/account?said=saved', 303)
  })
  return pages
}
