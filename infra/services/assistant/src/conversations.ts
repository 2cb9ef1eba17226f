import type { Database } from '../../kit/database.ts'
import type { Lang } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import type { Fields, ToolName } from './tools.ts'

export interface Conversation {
  readonly id: number
  readonly code: string
  readonly name: string
  readonly lang: Lang
  /** For a person. */
  readonly waiting: boolean
}

export interface Message {
  readonly author: 'citizen' | 'assistant' | 'official'
  readonly text: string
  readonly source: string | null
  readonly link: string | null
  readonly at: Date
}

export interface Proposal {
  readonly id: number
  readonly tool: ToolName
  readonly fields: Fields
  readonly state: 'proposed' | 'running' | 'done' | 'declined' | 'failed'
}

const COLUMNS = 'id, code, name, lang, waiting'

export async function openConversation(db: Database, { code, name }: Session, lang: Lang): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    'insert into conversation (code, name, lang) values ($1, $2, $3) returning id',
    [code, name, lang],
  )
  return rows[0]?.id ?? 0
}

/** A citizen's own conversation; null when they have none with this number. */
export async function conversationOf(db: Database, id: number, code: string): Promise<Conversation | null> {
  const { rows } = await db.query<Conversation>(
    `select ${COLUMNS} from conversation where id = $1 and code = $2`,
    [id, code],
  )
  return rows[0] ?? null
}

/** Newest first. */
export async function conversationsOf(db: Database, code: string): Promise<readonly Conversation[]> {
  const { rows } = await db.query<Conversation>(
    `select ${COLUMNS} from conversation where code = $1 order by id desc limit 20`,
    [code],
  )
  return rows
}

/** Those who wait for a person, longest first. */
export async function queue(db: Database): Promise<readonly Conversation[]> {
  const { rows } = await db.query<Conversation>(
    `select ${COLUMNS} from conversation where waiting order by id limit 200`,
  )
  return rows
}

/** One of the queue; null when nobody waits there. */
export async function waitingConversation(db: Database, id: number): Promise<Conversation | null> {
  const { rows } = await db.query<Conversation>(
    `select ${COLUMNS} from conversation where id = $1 and waiting`,
    [id],
  )
  return rows[0] ?? null
}

export async function setWaiting(db: Database, id: number, waiting: boolean): Promise<void> {
  await db.query('update conversation set waiting = $2 where id = $1', [id, waiting])
}

export async function say(
  db: Database,
  conversation: number,
  message: Pick<Message, 'author' | 'text'> & Partial<Pick<Message, 'source' | 'link'>>,
): Promise<void> {
  await db.query(
    'insert into message (conversation, author, text, source, link) values ($1, $2, $3, $4, $5)',
    [conversation, message.author, message.text, message.source ?? null, message.link ?? null],
  )
}

/** In the order in which they were said. */
export async function messagesOf(db: Database, conversation: number): Promise<readonly Message[]> {
  const { rows } = await db.query<Message>(
    'select author, text, source, link, at from message where conversation = $1 order by id limit 200',
    [conversation],
  )
  return rows
}

export async function propose(
  db: Database,
  conversation: number,
  tool: ToolName,
  fields: Fields,
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    'insert into proposal (conversation, tool, fields) values ($1, $2, $3) returning id',
    [conversation, tool, JSON.stringify(fields)],
  )
  return rows[0]?.id ?? 0
}

/** Proposals of a conversation that the citizen has not answered. */
export async function openProposals(db: Database, conversation: number): Promise<readonly Proposal[]> {
  const { rows } = await db.query<Proposal>(
    `select id, tool, fields, state from proposal where conversation = $1 and state = 'proposed' order by id limit 20`,
    [conversation],
  )
  return rows
}

/** Takes a proposal of the citizen for an answer, once; null when there is none that is open. */
export async function takeProposal(
  db: Database,
  id: number,
  code: string,
  state: 'running' | 'declined',
): Promise<(Proposal & { readonly conversation: number }) | null> {
  const { rows } = await db.query<Proposal & { readonly conversation: number }>(
    `update proposal set state = $3 from conversation c
     where proposal.id = $1 and c.id = proposal.conversation and c.code = $2 and proposal.state = 'proposed'
     returning proposal.id, conversation, tool, fields, proposal.state`,
    [id, code, state],
  )
  return rows[0] ?? null
}

export async function endProposal(db: Database, id: number, done: boolean): Promise<void> {
  await db.query('update proposal set state = $2 where id = $1', [id, done ? 'done' : 'failed'])
}
