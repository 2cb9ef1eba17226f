import type { Database } from '../../kit/database.ts'
import type { Lang } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { endProposal, propose, say, setWaiting, takeProposal } from './conversations.ts'
import { type Answer, answer } from './engine.ts'
import type { Library } from './search.ts'
import { textsOf } from './texts.ts'
import { fieldsOf, readFields, run, type ToolName } from './tools.ts'

export interface Assistant {
  readonly db: Database
  readonly xroad: XroadClient
  readonly library: Library
}

/** Longest question or reply. */
export const LONGEST = 1000

/** A message that somebody wrote; null when it is empty or too long. */
export function readMessage(text: unknown): string | null {
  if (typeof text !== 'string' || text.trim() === '' || text.length > LONGEST) return null
  return text.trim()
}

/** The citizen asks: question and answer go into the conversation; a tool that needs nothing more is proposed at once. */
export async function ask(
  { db, library }: Assistant,
  conversation: number,
  lang: Lang,
  question: string,
): Promise<Answer> {
  await say(db, conversation, { author: 'citizen', text: question })
  const answered = answer(library, lang, question)
  const { text, source, link, action } = answered
  await say(db, conversation, { author: 'assistant', text, source, link })
  const fields = action && readFields(action.tool, action.fields)
  if (action && fields) await propose(db, conversation, action.tool, fields)
  return answered
}

/** The citizen filled in what a tool needs. Gives the proposal's number; null when something is missing. */
export async function prepare(
  { db }: Assistant,
  conversation: number,
  tool: ToolName,
  given: Readonly<Record<string, unknown>>,
): Promise<number | null> {
  const fields = readFields(tool, given)
  return fields ? propose(db, conversation, tool, fields) : null
}

/** The citizen confirms: only now something happens, once. Gives the conversation; null when there is no such open proposal. */
export async function confirm(
  { db, xroad }: Assistant,
  session: Session,
  lang: Lang,
  proposal: number,
): Promise<{ readonly conversation: number; readonly done: boolean; readonly said: string } | null> {
  const taken = await takeProposal(db, proposal, session.code, 'running')
  if (!taken) return null
  const { done, said } = await run(xroad, lang, taken.tool, session, taken.fields)
  await endProposal(db, proposal, done)
  await say(db, taken.conversation, { author: 'assistant', text: said })
  return { conversation: taken.conversation, done, said }
}

/** The citizen says no. */
export async function decline({ db }: Assistant, session: Session, lang: Lang, proposal: number) {
  const taken = await takeProposal(db, proposal, session.code, 'declined')
  if (taken) await say(db, taken.conversation, { author: 'assistant', text: textsOf(lang).leftUndone })
  return taken
}

/** Calls a person into the conversation. */
export async function handOver({ db }: Assistant, conversation: number, lang: Lang): Promise<void> {
  await setWaiting(db, conversation, true)
  await say(db, conversation, { author: 'assistant', text: textsOf(lang).handedOver })
}

/** Whether a tool must be filled in by the citizen before it can be proposed. */
export const needsForm = (tool: ToolName): boolean => fieldsOf(tool).length > 0
