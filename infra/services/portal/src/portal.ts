import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Database } from '../../kit/database.ts'
import { languageOf } from '../../kit/html.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import type { Reader } from './frame.ts'
import type { RelyingParty } from './login.ts'
import type { Official } from './officials.ts'
import { csrfHolds, sessionOf } from './sessions.ts'

/** What all routes work with. */
export interface Portal {
  readonly db: Database
  readonly xroad: XroadClient
  readonly party: RelyingParty
  readonly officials: ReadonlyMap<string, Official>
}

/** Who reads this page; somebody without a session is sent to the front page. */
export async function readerOf(c: Context, { db, officials }: Portal): Promise<Reader> {
  const session = await sessionOf(c, db)
  if (!session) throw new HTTPException(303, { res: c.redirect('/', 303) })
  return { lang: languageOf(c), session, official: officials.has(session.code) }
}

/** The reader and the form they sent, which must carry their session's token. */
export async function writerOf(
  c: Context,
  portal: Portal,
): Promise<{ reader: Reader; form: Record<string, unknown> }> {
  const reader = await readerOf(c, portal)
  const form = await c.req.parseBody()
  if (!csrfHolds(reader.session, form.csrf))
    throw new HTTPException(403, { message: 'The form is not of this session' })
  return { reader, form }
}

export const numberOf = (c: Context): number =>
  /^\d{1,12}$/.test(c.req.param('id') ?? '') ? Number(c.req.param('id')) : 0

export const isCode = (text: unknown): text is string => typeof text === 'string' && /^\d{11}$/.test(text)
