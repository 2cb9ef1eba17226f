import { type Context, Hono } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import { LANGS, languageOf } from '../../kit/html.ts'
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
import { numberOf } from './page-routes.ts'
import { describe, toolOf } from './tools.ts'

/** The JSON interface of the web pages' own session; changes need its token in `X-CSRF-Token`. */
export function apiRoutes(assistant: Assistant, citizens: Citizens): Hono {
  const api = new Hono()
  const { db, library } = assistant
  const { apiReader: reader, apiWriter: writer } = citizens
  const body = async (c: Context): Promise<Record<string, unknown>> =>
    Object(await c.req.json().catch(() => null))
  const unknown = (c: Context) => c.json({ error: 'You have no such conversation' }, 404)

  api.get('/session', async (c) => c.json(await reader(c)))
  api.get('/answers', (c) => {
    const question = readMessage(c.req.query('q'))
    if (!question) return c.json({ error: 'q must be a question of 1 to 1000 characters' }, 400)
    const lang = LANGS.find((one) => one === c.req.query('lang')) ?? languageOf(c)
    return c.json(answer(library, lang, question))
  })
  api.post('/contributions', async (c) => {
    const { code } = await writer(c)
    const sent = await body(c)
    const contribution = readContribution(sent)
    const lang = LANGS.find((one) => one === sent.lang)
    if (!contribution || !lang) return c.json({ error: 'lang, title and body are needed' }, 400)
    await contribute(db, library, { ...contribution, lang, author: code })
    return c.json(contribution, 201)
  })

  api.get('/conversations', async (c) => c.json(await conversationsOf(db, (await reader(c)).code)))
  api.post('/conversations', async (c) => {
    const session = await writer(c)
    const text = readMessage((await body(c)).text)
    if (!text) return c.json({ error: 'text must have 1 to 1000 characters' }, 400)
    const id = await openConversation(db, session, languageOf(c))
    const answered = await ask(assistant, id, languageOf(c), text)
    return c.json({ id, answer: answered, proposals: await openProposals(db, id) }, 201)
  })
  api.get('/conversations/:id', async (c) => {
    const session = await reader(c)
    const conversation = await conversationOf(db, numberOf(c), session.code)
    if (!conversation) return unknown(c)
    const proposals = (await openProposals(db, conversation.id)).map((proposal) => ({
      ...proposal,
      does: describe(proposal.tool, session, proposal.fields),
    }))
    return c.json({ ...conversation, messages: await messagesOf(db, conversation.id), proposals })
  })
  api.post('/conversations/:id/messages', async (c) => {
    const conversation = await conversationOf(db, numberOf(c), (await writer(c)).code)
    if (!conversation) return unknown(c)
    const text = readMessage((await body(c)).text)
    if (!text) return c.json({ error: 'text must have 1 to 1000 characters' }, 400)
    return c.json(await ask(assistant, conversation.id, languageOf(c), text), 201)
  })
  api.post('/conversations/:id/proposals', async (c) => {
    const session = await writer(c)
    const conversation = await conversationOf(db, numberOf(c), session.code)
    if (!conversation) return unknown(c)
    const { tool: name, fields } = await body(c)
    const tool = toolOf(name)
    const id = tool && (await prepare(assistant, conversation.id, tool, Object(fields)))
    if (!tool || !id) return c.json({ error: 'There is no such tool, or a field is missing' }, 400)
    const made = (await openProposals(db, conversation.id)).find((proposal) => proposal.id === id)
    return c.json({ id, tool, does: made ? describe(tool, session, made.fields) : [] }, 201)
  })
  api.post('/conversations/:id/person', async (c) => {
    const conversation = await conversationOf(db, numberOf(c), (await writer(c)).code)
    if (!conversation) return unknown(c)
    await handOver(assistant, conversation.id, languageOf(c))
    return c.json({ waiting: true })
  })
  api.post('/proposals/:id/confirm', async (c) => {
    const done = await confirm(assistant, await writer(c), languageOf(c), numberOf(c))
    return done
      ? c.json(done, done.done ? 200 : 502)
      : c.json({ error: 'You have no such open proposal' }, 404)
  })
  api.post('/proposals/:id/decline', async (c) => {
    const left = await decline(assistant, await writer(c), languageOf(c), numberOf(c))
    return left
      ? c.json({ id: left.id, state: 'declined' })
      : c.json({ error: 'You have no such open proposal' }, 404)
  })
  return api
}
