import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { languageOf, type Text } from '../../kit/html.ts'
import { MEMBERS } from '../../kit/members.ts'
import { nation } from '../../kit/nation/nation.ts'
import { recordUsage } from '../../kit/xroad-provider.ts'
import { readMessage } from './assistant.ts'
import { messagesOf, queue, say, setWaiting, waitingConversation } from './conversations.ts'
import { deskPage, messagePage, queuePage } from './pages.ts'

const READ: Text = {
  en: 'A conversation with the state assistant was read',
  et: 'Loeti vestlust riigi abilisega',
  ja: '行政アシスタントとの会話が閲覧されました',
}
const ROLES: readonly string[] = ['tax-officer', 'population-officer', 'police']

/** The people behind the assistant: officials read who waits, and answer. Each look is on record for the citizen. */
export function deskRoutes(db: Database, citizens: Citizens, seed: string): Hono {
  const desk = new Hono()
  const officials = new Set(
    nation(seed).persons.flatMap(({ code, work }) => (work && ROLES.includes(work.role) ? [code] : [])),
  )
  const numberOf = (text: string): number => (/^\d{1,12}$/.test(text) ? Number(text) : 0)

  desk.use(async (c, next) => {
    const session = await citizens.reader(c)
    if (officials.has(session.code)) return next()
    return c.html(messagePage(languageOf(c), session, 'notOfficial'), 403)
  })
  desk.get('/', async (c) => c.html(queuePage(languageOf(c), await citizens.reader(c), await queue(db))))
  desk.get('/:id', async (c) => {
    const session = await citizens.reader(c)
    const conversation = await waitingConversation(db, numberOf(c.req.param('id')))
    if (!conversation) return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
    const caller = {
      memberCode: MEMBERS.assistant.memberCode,
      subsystem: 'assistant',
      user: session.code,
      messageId: randomUUID(),
    }
    await recordUsage(db, caller, { subject: conversation.code, action: READ })
    return c.html(deskPage(languageOf(c), session, conversation, await messagesOf(db, conversation.id)))
  })
  desk.post('/:id', async (c) => {
    const { session, form } = await citizens.writer(c)
    const conversation = await waitingConversation(db, numberOf(c.req.param('id')))
    const text = readMessage(form.text)
    if (!conversation) return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
    if (!text) return c.html(messagePage(languageOf(c), session, 'badMessage'), 400)
    await say(db, conversation.id, { author: 'official', text, source: session.name })
    await setWaiting(db, conversation.id, false)
    return c.redirect('/desk', 303)
  })
  return desk
}
