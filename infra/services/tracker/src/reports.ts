import type { Answer } from '../../kit/ask-register.ts'
import type { Database } from '../../kit/database.ts'
import { organisationName } from '../../kit/members.ts'
import type { Caller } from '../../kit/xroad-provider.ts'
import { textsOf } from './texts.ts'
import type { Question, Usages } from './usages.ts'

/** What an office says that it did with a person's data. */
export interface Report {
  readonly userCode: string
  readonly action: string
  /** The person is not to be told. */
  readonly hidden: boolean
}

const LONGEST = 200

/** Reads what an office reports; a sentence when something is wrong with it. */
export function readReport(input: Readonly<Record<string, unknown>>): Report | string {
  const { userCode, action, hidden = false } = input
  const code = /^(?:EE)?(\d{11})$/.exec(typeof userCode === 'string' ? userCode : '')?.[1]
  if (!code) return 'userCode must be a personal code'
  if (typeof action !== 'string' || !action.trim() || action.length > LONGEST)
    return `action must be a text of 1 to ${LONGEST} characters`
  if (typeof hidden !== 'boolean') return 'hidden must be true or false'
  return { userCode: code, action: action.trim(), hidden }
}

/** The police alone may keep a look from the person, in a surveillance case that has a number. */
const MAY_HIDE: readonly string[] = ['wallet']

/** Number of the decision by which this caller may hide a look; null when they may not. */
export function hidingDecision({ subsystem }: Caller, issue: string | undefined): string | null {
  return MAY_HIDE.includes(subsystem) ? issue || null : null
}

/** Puts a report on record. */
export async function addReport(
  db: Database,
  caller: Caller,
  { userCode, action }: Report,
  hiddenBy: string | null,
): Promise<{ id: number; logtime: Date }> {
  const { rows } = await db.query<{ id: number; logtime: Date }>(
    `insert into report (subject, action, receiver_code, receiver_system, user_code, message_id, hidden_by)
     values ($1, $2, $3, $4, $5, $6, $7) returning id, logtime`,
    [userCode, action, caller.memberCode, caller.subsystem, caller.user, caller.messageId, hiddenBy],
  )
  return rows[0] as { id: number; logtime: Date }
}

/** Marks an office's own report as made by mistake. It stays on record; false when the office has no such report. */
export async function withdrawReport(
  db: Database,
  { memberCode }: Caller,
  id: number,
  why: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `update report set withdrawn_at = now(), withdrawn_why = $3
     where id = $1 and receiver_code = $2 and withdrawn_at is null`,
    [id, memberCode, why],
  )
  return rowCount === 1
}

/** What offices reported about a person, newest first; what the police keeps hidden is left out. */
export async function reportsAbout(
  db: Database,
  { of, from, to, limit, lang }: Question,
): Promise<Answer<Usages>> {
  const where = `subject = $1 and hidden_by is null and logtime >= coalesce($2::timestamptz, '-infinity')
    and logtime <= coalesce($3::timestamptz, 'infinity')`
  const { rows } = await db.query(
    `select logtime, action, receiver_code, receiver_system, withdrawn_why, count(*) over ()::int as total
     from report where ${where} order by logtime desc, id desc limit $4`,
    [of, from, to, limit],
  )
  const usages = rows.map((row) => ({
    logtime: row.logtime.toISOString(),
    action: row.withdrawn_why
      ? `${row.action} (${textsOf(lang).withdrawn}: ${row.withdrawn_why})`
      : row.action,
    receiverCode: row.receiver_code,
    receiverName: organisationName(row.receiver_code)[lang],
    receiverSystem: row.receiver_system,
  }))
  return { asked: true, value: { total: rows[0]?.total ?? 0, usages } }
}
