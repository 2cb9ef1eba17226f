import { Hono } from 'hono'
import { languageOf } from '../../kit/html.ts'
import { messagePage, welcomePage } from './frame.ts'
import { dataPage, homePage } from './home-pages.ts'
import { finishLogin, startLogin } from './login.ts'
import { mailboxPage, noticePage } from './mailbox-pages.ts'
import { attachmentOf, noticesOf, openNotice, unreadOf } from './notices.ts'
import { isCode, numberOf, type Portal, readerOf, writerOf } from './portal.ts'
import { familyOf, personData, taxReturns } from './registers.ts'
import { endSession, giveCookie, openSession, sessionOf } from './sessions.ts'
import { usageOf } from './tracker.ts'
import { trackerPage } from './tracker-pages.ts'

/** The pages that a citizen sees. */
export function citizenRoutes(portal: Portal): Hono {
  const { db, xroad, party, officials } = portal
  const pages = new Hono()

  pages.get('/login', (c) => c.redirect(startLogin(c, party, languageOf(c)), 303))
  pages.get('/login/callback', async (c) => {
    try {
      const person = await finishLogin(c, party)
      if (person === 'cancelled') return c.html(welcomePage(languageOf(c), 'cancelled'))
      giveCookie(c, await openSession(db, person))
      return c.redirect('/', 303)
    } catch (error) {
      console.error(`login refused: ${String(error)}`)
      return c.html(welcomePage(languageOf(c), 'loginFailed'), 400)
    }
  })
  pages.post('/logout', async (c) => {
    await writerOf(c, portal)
    await endSession(c, db)
    return c.redirect('/', 303)
  })

  pages.get('/', async (c) => {
    const session = await sessionOf(c, db)
    const lang = languageOf(c)
    if (!session) return c.html(welcomePage(lang, null))
    const asker = { user: session.code }
    const [unread, person, returns] = await Promise.all([
      unreadOf(db, session.code),
      personData(xroad, asker, session.code),
      taxReturns(xroad, asker, session.code),
    ])
    return c.html(homePage({ lang, session, official: officials.has(session.code) }, unread, person, returns))
  })
  pages.get('/data', async (c) => {
    const reader = await readerOf(c, portal)
    const { code } = reader.session
    const asker = { user: code }
    const [person, family, returns] = await Promise.all([
      personData(xroad, asker, code),
      familyOf(xroad, asker, code),
      taxReturns(xroad, asker, code),
    ])
    return c.html(dataPage(reader, person, family, returns))
  })

  pages.get('/mailbox', async (c) => {
    const reader = await readerOf(c, portal)
    return c.html(mailboxPage(reader, await noticesOf(db, reader.session.code)))
  })
  pages.get('/mailbox/:id', async (c) => {
    const reader = await readerOf(c, portal)
    const notice = await openNotice(db, numberOf(c), reader.session.code)
    return notice
      ? c.html(noticePage(reader, notice))
      : c.html(messagePage(reader, 'mailbox', 'noLetter'), 404)
  })
  pages.get('/mailbox/:id/attachment', async (c) => {
    const reader = await readerOf(c, portal)
    const attachment = await attachmentOf(db, numberOf(c), reader.session.code)
    if (!attachment) return c.html(messagePage(reader, 'mailbox', 'noLetter'), 404)
    c.header('content-type', attachment.type)
    c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(attachment.name)}`)
    return c.body(new Uint8Array(attachment.content))
  })

  pages.get('/tracker', async (c) => {
    const reader = await readerOf(c, portal)
    const of = c.req.query('of') || reader.session.code
    const registers = isCode(of) ? await usageOf(xroad, reader.session.code, of, reader) : null
    return registers
      ? c.html(trackerPage(reader, of, registers))
      : c.html(messagePage(reader, 'tracker', 'noMandate'), 403)
  })
  return pages
}
