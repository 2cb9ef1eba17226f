import { Hono } from 'hono'
import { familyOf } from '../../kit/family.ts'
import { languageOf } from '../../kit/html.ts'
import { actingOf } from './acting.ts'
import { messagePage, welcomePage } from './frame.ts'
import { dataPage, homePage } from './home-pages.ts'
import { mailboxPage, noticePage } from './mailbox-pages.ts'
import { attachmentOf, noticesOf, openNotice, unreadOf } from './notices.ts'
import { isCode, numberOf, type Portal, readerOf } from './portal.ts'
import { personData, schoolSummary, taxReturns } from './registers.ts'
import { tilesOf } from './tiles.ts'
import { usageOf } from './tracker.ts'
import { trackerPage } from './tracker-pages.ts'

/** The pages that a citizen sees. */
export function citizenRoutes(portal: Portal): Hono {
  const { db, xroad, services } = portal
  const pages = new Hono()

  pages.get('/', async (c) => {
    if (!(await portal.citizens.session(c))) return c.html(welcomePage(languageOf(c), null))
    const reader = await readerOf(c, portal)
    const acting = await actingOf(c, portal, reader)
    const asker = { user: reader.session.code }
    const [unread, person, returns, school] = await Promise.all([
      unreadOf(db, asker.user),
      personData(xroad, asker, acting.code),
      services.includes('tax') && !acting.other ? taxReturns(xroad, asker, acting.code) : null,
      services.includes('school') ? schoolSummary(xroad, asker, acting.code) : null,
    ])
    const tiles = tilesOf(services, acting.other !== null)
    return c.html(homePage(reader, acting, tiles, { unread, person, returns, school }))
  })
  pages.get('/data', async (c) => {
    const reader = await readerOf(c, portal)
    const { code, other } = await actingOf(c, portal, reader)
    const asker = { user: reader.session.code }
    const [person, family, returns] = await Promise.all([
      personData(xroad, asker, code),
      familyOf(xroad, asker, code),
      services.includes('tax') && !other ? taxReturns(xroad, asker, code) : null,
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
    const answer = isCode(of) ? await usageOf(xroad, reader.session.code, of, reader) : null
    return answer
      ? c.html(trackerPage(reader, of, answer))
      : c.html(messagePage(reader, 'tracker', 'noMandate'), 403)
  })
  return pages
}
