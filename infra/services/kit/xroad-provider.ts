import type { Context, MiddlewareHandler } from 'hono'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Database, Queryable } from './database.ts'
import { acceptedLanguage, type Text } from './html.ts'
import { organisationName } from './members.ts'
import { environment, sameSecret } from './secrets.ts'

/** Schema of the usage journal, for `prepareDatabase`. */
export const usageSchema = new URL('./usage.sql', import.meta.url)

/** Who asks over X-Road, as the security server passed it on. */
export interface Caller {
  readonly memberCode: string
  readonly subsystem: string
  /** Personal code without the country prefix; null when the client named nobody. */
  readonly user: string | null
  readonly messageId: string
}

/** Lets only the security server in: it alone knows XROAD_PROVIDER_TOKEN. Use it on every path that X-Road serves. */
export function fromXroadOnly(): MiddlewareHandler {
  const token = environment('XROAD_PROVIDER_TOKEN')
  return async (c, next) => {
    if (!sameSecret(c.req.header('x-provider-token') ?? '', token)) {
      return c.json({ error: 'This service answers over X-Road only' }, 403)
    }
    return next()
  }
}

/** Personal code of `EE49001011234`, `PNOEE-49001011234` or the bare code; anything else (`JP123456789018`) as it is. */
export const personalCode = (text: string): string =>
  /^(?:(?:PNO)?[A-Z]{2}-?)?(\d{11})$/.exec(text)?.[1] ?? text

export function callerOf(c: Context): Caller {
  const [, , memberCode = '', subsystem = ''] = (c.req.header('x-road-client') ?? '')
    .split('/')
    .map(decodeURIComponent)
  const user = c.req.header('x-road-userid')
  return {
    memberCode,
    subsystem,
    user: user ? personalCode(user) : null,
    messageId: c.req.header('x-road-id') ?? '',
  }
}

/**
 * Records that data about `subject` (one person or several) was given to the caller: a row each. A person who looks at
 * their own data leaves none. `hidden` keeps the row from the citizen (a surveillance case, by law and for a time).
 */
export async function recordUsage(
  db: Queryable,
  caller: Caller,
  usage: { subject: string | readonly string[]; action: Text; hidden?: boolean },
): Promise<void> {
  const subjects = [usage.subject].flat().filter((subject) => subject !== caller.user)
  if (subjects.length === 0) return
  await db.query(
    `insert into usage (subject, action, receiver_code, receiver_name, receiver_system, user_code, message_id, hidden)
     select unnest($1::text[]), $2, $3, $4, $5, $6, $7, $8`,
    [
      subjects,
      JSON.stringify(usage.action),
      caller.memberCode,
      JSON.stringify(organisationName(caller.memberCode)),
      caller.subsystem,
      caller.user,
      caller.messageId,
      usage.hidden ?? false,
    ],
  )
}

/** Routes of the Data Tracker interface 2.x: findUsage, usagePeriod, heartbeat. Mount at `/v2`. */
export function usageRoutes(db: Database): Hono {
  const routes = new Hono()
  routes.use(fromXroadOnly())
  routes.get('/findUsage', async (c) => {
    const subject = c.req.query('userCode')
    if (!c.req.header('x-road-userid'))
      throw new HTTPException(400, { message: 'The header X-Road-UserId is missing' })
    if (!subject) throw new HTTPException(400, { message: 'userCode is missing' })
    const values = [personalCode(subject), moment(c, 'periodStart'), moment(c, 'periodEnd')]
    const where = `subject = $1 and not hidden and logtime >= coalesce($2::timestamptz, '-infinity')
      and logtime <= coalesce($3::timestamptz, 'infinity')`
    const total = await db.query(`select count(*)::int as n from usage where ${where}`, values)
    const { rows } = await db.query(
      `select logtime, action ->> $4 as action, receiver_code as "receiverCode", receiver_name ->> $4 as "receiverName",
              receiver_system as "receiverSystem"
       from usage where ${where} order by logtime desc, id desc offset $5 limit $6`,
      [
        ...values,
        acceptedLanguage(c.req.header('accept-language')),
        whole(c, 'offset', 0),
        Math.min(whole(c, 'limit', 1000), 1000),
      ],
    )
    return c.json({ totalUsages: total.rows[0].n, usages: rows })
  })
  routes.get('/usagePeriod', async (c) => {
    const { rows } = await db.query('select coalesce(min(logtime), now()) as "periodStart" from usage')
    return c.json(rows[0])
  })
  routes.get('/heartbeat', async (c) => {
    await db.query('select')
    return c.json({ status: 'OK', message: 'API is ready' })
  })
  return routes
}

/** A moment in RFC 3339 or in whole seconds since 1970; null when absent. */
function moment(c: Context, name: string): string | null {
  const text = c.req.query(name)
  if (!text) return null
  const date = /^\d+$/.test(text) ? new Date(Number(text) * 1000) : new Date(text)
  if (Number.isNaN(date.getTime())) throw new HTTPException(400, { message: `${name} is not a time` })
  return date.toISOString()
}

function whole(c: Context, name: string, otherwise: number): number {
  const text = c.req.query(name) ?? String(otherwise)
  if (!/^\d{1,9}$/.test(text)) throw new HTTPException(400, { message: `${name} is not a whole number` })
  return Number(text)
}
