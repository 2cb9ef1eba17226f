import { type Context, Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import { languageOf } from '../../kit/html.ts'
import { type Assistant, ask, confirm, decline, handOver, prepare, readMessage } from './assistant.ts'
import { contribute, readContribution } from './contributions.ts'
import {
  conversationOf,
  conversationsOf,
  messagesOf,
  openConversation,
  openProposals,
} from './conversations.ts'
import { answer } from './engine.ts'
import { answerPage, contributePage, conversationPage, homePage, messagePage } from './pages.ts'
import { toolOf } from './tools.ts'

/** Number in the path. Anything else is a number that nobody has. */
export const numberOf = (c: Context): number =>
  /^\d{1,12}$/.test(c.req.param('id') ?? '') ? Number(c.req.param('id')) : 0

/** The pages that a citizen sees. Anybody may ask; acting and talking to a person need a login. */
export function pageRoutes(assistant: Assistant, citizens: Citizens): Hono {
  const pages = new Hono()
  const { db, library } = assistant
  const { reader, writer } = citizens

  pages.get('/', async (c) => {
    const session = await citizens.session(c)
    const mine = session ? await conversationsOf(db, session.code) : []
    return c.html(homePage(languageOf(c), session, mine, null))
  })
  pages.get('/ask', async (c) => {
    const lang = languageOf(c)
    const question = readMessage(c.req.query('q'))
    const session = await citizens.session(c)
    if (!question) return c.html(homePage(lang, session, [], null), 400)
    return c.html(answerPage(lang, session, question, answer(library, lang, question)))
  })
  pages.post('/conversations', async (c) => {
    const { session, form } = await writer(c)
    const text = readMessage(form.text)
    if (!text) return c.html(messagePage(languageOf(c), session, 'badMessage'), 400)
    const id = await openConversation(db, session, languageOf(c))
    const { action } = await ask(assistant, id, languageOf(c), text)
    return c.redirect(`/conversations/${id}${action ? `?tool=${action.tool}` : ''}`, 303)
  })
  pages.get('/conversations/:id', async (c) => {
    const session = await reader(c)
    const lang = languageOf(c)
    const conversation = await conversationOf(db, numberOf(c), session.code)
    if (!conversation) return c.html(messagePage(lang, session, 'notFound'), 404)
    const [messages, proposals] = [
      await messagesOf(db, conversation.id),
      await openProposals(db, conversation.id),
    ]
    const tool = toolOf(c.req.query('tool')) ?? null
    return c.html(conversationPage(lang, session, { conversation, messages, proposals, tool }))
  })

  /** A change in a conversation of the citizen, then back to it. */
  const inConversation =
    (change: (c: Context, id: number, form: Record<string, unknown>) => Promise<string | null>) =>
    async (c: Context) => {
      const { session, form } = await writer(c)
      const conversation = await conversationOf(db, numberOf(c), session.code)
      if (!conversation) return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
      const query = await change(c, conversation.id, form)
      if (query === null) return c.html(messagePage(languageOf(c), session, 'badMessage'), 400)
      return c.redirect(`/conversations/${conversation.id}${query}`, 303)
    }
  pages.post(
    '/conversations/:id/messages',
    inConversation(async (c, id, form) => {
      const text = readMessage(form.text)
      if (!text) return null
      const { action } = await ask(assistant, id, languageOf(c), text)
      return action ? `?tool=${action.tool}` : ''
    }),
  )
  pages.post(
    '/conversations/:id/proposals',
    inConversation(async (_c, id, form) => {
      const tool = toolOf(form.tool)
      return tool && (await prepare(assistant, id, tool, form)) ? '' : null
    }),
  )
  pages.post(
    '/conversations/:id/person',
    inConversation(async (c, id) => {
      await handOver(assistant, id, languageOf(c))
      return ''
    }),
  )
  pages.post('/proposals/:id/confirm', async (c) => {
    const { session } = await writer(c)
    const done = await confirm(assistant, session, languageOf(c), numberOf(c))
    if (!done) return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
    return c.redirect(`/conversations/${done.conversation}`, 303)
  })
  pages.post('/proposals/:id/decline', async (c) => {
    const { session } = await writer(c)
    const left = await decline(assistant, session, languageOf(c), numberOf(c))
    if (!left) return c.html(messagePage(languageOf(c), session, 'notFound'), 404)
    return c.redirect(`/conversations/${left.conversation}`, 303)
  })

  pages.get('/contribute', async (c) => c.html(contributePage(languageOf(c), await reader(c), null)))
  pages.post('/contribute', async (c) => {
    const { session, form } = await writer(c)
    const lang = languageOf(c)
    const contribution = readContribution(form)
    if (!contribution) return c.html(contributePage(lang, session, 'badMessage'), 400)
    await contribute(db, library, { ...contribution, lang, author: session.code })
    return c.html(contributePage(lang, session, 'thanks'))
  })
  return pages
}
