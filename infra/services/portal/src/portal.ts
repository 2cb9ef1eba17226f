import type { Context } from 'hono'
import type { Citizens } from '../../kit/citizens.ts'
import type { Database } from '../../kit/database.ts'
import { languageOf } from '../../kit/html.ts'
import type { Session } from '../../kit/sessions.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import type { Reader } from './frame.ts'
import type { IdTokens } from './id-token.ts'
import type { Official } from './officials.ts'

/** What all routes work with. */
export interface Portal {
  readonly db: Database
  readonly xroad: XroadClient
  readonly citizens: Citizens
  readonly idTokens: IdTokens
  readonly officials: ReadonlyMap<string, Official>
  /** Ids of the services of this state. */
  readonly services: readonly string[]
}

const readerFrom = (c: Context, session: Session, { officials }: Portal): Reader => ({
  lang: languageOf(c),
  session,
  official: officials.has(session.code),
})

/** Who reads this page; somebody without a session is sent to the front page. */
export const readerOf = async (c: Context, portal: Portal): Promise<Reader> =>
  readerFrom(c, await portal.citizens.reader(c), portal)

/** The reader and the form they sent, which must carry their session's token. */
export async function writerOf(
  c: Context,
  portal: Portal,
): Promise<{ reader: Reader; form: Record<string, unknown> }> {
  const { session, form } = await portal.citizens.writer(c)
  return { reader: readerFrom(c, session, portal), form }
}

export const numberOf = (c: Context): number =>
  /^\d{1,12}$/.test(c.req.param('id') ?? '') ? Number(c.req.param('id')) : 0

export const isCode = (text: unknown): text is string => typeof text === 'string' && /^\d{11}$/.test(text)
