import type { Database } from '../../kit/database.ts'

export interface Attachment {
  readonly name: string
  readonly type: string
  readonly content: Buffer
}

export interface NewNotice {
  readonly code: string
  readonly sender: string
  readonly subject: string
  readonly body: string
  readonly attachment: Attachment | null
}

export interface Notice {
  readonly id: number
  /** Register code of the organisation that sent it. */
  readonly sender: string
  readonly subject: string
  readonly body: string
  readonly attachmentName: string | null
  readonly sentAt: Date
  readonly readAt: Date | null
}

const COLUMNS = `id, sender, subject, body, attachment_name as "attachmentName", sent_at as "sentAt", read_at as "readAt"`

/** Puts a letter into a person's mailbox; returns its number. */
export async function sendNotice(
  db: Database,
  { code, sender, subject, body, attachment }: NewNotice,
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    `insert into notice (code, sender, subject, body, attachment_name, attachment_type, attachment)
     values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    [
      code,
      sender,
      subject,
      body,
      attachment?.name ?? null,
      attachment?.type ?? null,
      attachment?.content ?? null,
    ],
  )
  return rows[0]?.id ?? 0
}

/** The last hundred letters of a person, newest first. */
export async function noticesOf(db: Database, code: string): Promise<readonly Notice[]> {
  const { rows } = await db.query<Notice>(
    `select ${COLUMNS} from notice where code = $1 order by id desc limit 100`,
    [code],
  )
  return rows
}

export async function unreadOf(db: Database, code: string): Promise<number> {
  const { rows } = await db.query<{ unread: number }>(
    'select count(*)::int as unread from notice where code = $1 and read_at is null',
    [code],
  )
  return rows[0]?.unread ?? 0
}

/** A person's letter, which counts as read from now on; null when there is none with this number. */
export async function openNotice(db: Database, id: number, code: string): Promise<Notice | null> {
  const { rows } = await db.query<Notice>(
    `update notice set read_at = coalesce(read_at, now()) where id = $1 and code = $2 returning ${COLUMNS}`,
    [id, code],
  )
  return rows[0] ?? null
}

export async function attachmentOf(db: Database, id: number, code: string): Promise<Attachment | null> {
  const { rows } = await db.query<Attachment>(
    `select attachment_name as name, attachment_type as type, attachment as content from notice
     where id = $1 and code = $2 and attachment is not null`,
    [id, code],
  )
  return rows[0] ?? null
}

const LONGEST = { subject: 200, body: 20_000, name: 100, attachment: 200_000 } as const

/** Reads what an authority sends; a sentence when something is wrong with it. */
export function readNotice(input: Readonly<Record<string, unknown>>, sender: string): NewNotice | string {
  const { code, subject, body } = input
  if (typeof code !== 'string' || !/^\d{11}$/.test(code)) return 'code must be a personal code'
  if (typeof subject !== 'string' || !subject.trim() || subject.length > LONGEST.subject)
    return `subject must be a text of 1 to ${LONGEST.subject} characters`
  if (typeof body !== 'string' || !body.trim() || body.length > LONGEST.body)
    return `body must be a text of 1 to ${LONGEST.body} characters`
  if (input.attachment === undefined || input.attachment === null)
    return { code, sender, subject, body, attachment: null }
  const { name, type, content } = Object(input.attachment)
  if (typeof name !== 'string' || !/^[\p{L}\p{N} ._-]+$/u.test(name) || name.length > LONGEST.name)
    return 'attachment.name must be a file name'
  if (typeof type !== 'string' || !/^[a-z]+\/[a-z0-9.+-]+$/.test(type))
    return 'attachment.type must be a media type'
  if (typeof content !== 'string' || content.length > LONGEST.attachment)
    return `attachment.content must be base64 of ${LONGEST.attachment} characters at most`
  return { code, sender, subject, body, attachment: { name, type, content: Buffer.from(content, 'base64') } }
}
