import { type Context, Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { html } from '../../kit/html.ts'
import { MEMBERS } from '../../kit/members.ts'
import { deskPage } from './desk-pages.ts'
import { messagePage } from './frame.ts'
import { personFacts, returnsTable, told } from './home-pages.ts'
import { readNotice, sendNotice } from './notices.ts'
import { isCode, type Portal, readerOf, writerOf } from './portal.ts'
import { personData, taxReturns } from './registers.ts'
import { textsOf } from './texts.ts'

/** Register code of the portal itself, as sender of letters. */
const PORTAL_CODE = MEMBERS.portal.memberCode

/** Pages for officials: each look at a person goes over X-Road in the official's name and is told to that person. */
export function deskRoutes(portal: Portal): Hono {
  const { db, xroad } = portal
  const desk = new Hono()

  desk.use(async (c, next) => {
    const reader = await readerOf(c, portal)
    if (reader.official) return next()
    return c.html(messagePage(reader, 'desk', 'officialsOnly'), 403)
  })
  desk.get('/', async (c) => c.html(deskPage(await readerOf(c, portal), null, null)))

  desk.post('/lookup', async (c) => {
    const { reader, form } = await writerOf(c, portal)
    const { code, register } = form
    const reason = String(form.reason ?? '')
      .trim()
      .slice(0, 60)
    if (!isCode(code) || !reason) return c.html(deskPage(reader, null, 'badInput'), 400)
    const asker = { user: reader.session.code, issue: encodeURIComponent(reason) }
    const t = textsOf(reader.lang)
    const answer =
      register === 'tax' ? await taxReturns(xroad, asker, code) : await personData(xroad, asker, code)
    if (!answer.asked)
      return c.html(
        deskPage(
          reader,
          told(reader, answer, () => html``),
          null,
        ),
        502,
      )
    const found =
      'code' in answer.value ? personFacts(reader, answer.value) : returnsTable(reader, answer.value)
    await tellPerson(c, code, reason)
    return c.html(
      deskPage(reader, html`<section class="notice good"><h2>${t.lookUp}</h2>${found}</section>`, null),
    )
  })

  desk.post('/notices', async (c) => {
    const { reader, form } = await writerOf(c, portal)
    const notice = readNotice({ code: form.code, subject: form.subject, body: form.body }, PORTAL_CODE)
    if (typeof notice === 'string') return c.html(deskPage(reader, null, 'badInput'), 400)
    await sendNotice(db, notice)
    return c.html(deskPage(reader, null, 'sent'))
  })

  /** The person is told; a mailbox that fails does not undo a look that the register has on record. */
  const tellPerson = async (c: Context, code: string, reason: string): Promise<void> => {
    const t = textsOf('et')
    const notice = readNotice(
      { code, subject: t.lookedSubject, body: `${t.lookedBody} ${reason}` },
      PORTAL_CODE,
    )
    if (typeof notice === 'string') throw new HTTPException(400, { message: notice })
    await sendNotice(db, notice).catch((error: unknown) => console.error(`${c.req.path}: ${String(error)}`))
  }
  return desk
}
