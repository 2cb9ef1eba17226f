import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { Answer } from '../../kit/ask-register.ts'
import { type Relative, represented } from '../../kit/family.ts'
import { messagePage, type Reader } from './frame.ts'
import type { Portal } from './portal.ts'

export interface Acting {
  /** The person whose affairs are shown: the reader, or one whom they represent. */
  readonly code: string
  /** The one represented; null when the reader acts for themselves. */
  readonly other: Relative | null
  /** All whom the reader may represent. */
  readonly people: Answer<readonly Relative[]>
}

/** For whom this page is (`?for=CODE`), by what the population register says now. Answers 403 when there is no such mandate. */
export async function actingOf(c: Context, portal: Portal, reader: Reader): Promise<Acting> {
  const { code } = reader.session
  const asked = c.req.query('for') || code
  const people = await represented(portal.xroad, code)
  if (asked === code) return { code, other: null, people }
  const other = people.asked ? people.value.find((one) => one.code === asked) : undefined
  if (!other)
    throw new HTTPException(403, { res: await c.html(messagePage(reader, 'data', 'noMandate'), 403) })
  return { code: other.code, other, people }
}
