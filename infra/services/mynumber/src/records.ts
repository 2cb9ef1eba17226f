import type { Queryable } from '../../kit/database.ts'
import type { Text } from '../../kit/html.ts'
import type { Item } from './clients.ts'

/** One line of the record of exchanges: who got what about a person from whom, and why. */
export interface Exchange {
  readonly requester: Text
  readonly provider: Text
  readonly item: Item
  readonly purpose: string
  /** Names the exchange. */
  readonly messageId: string
}

export async function recordExchange(
  db: Queryable,
  e: Exchange & { readonly number: string },
): Promise<void> {
  await db.query(
    `insert into exchange_record (number, requester, provider, item, purpose, message_id) values ($1, $2, $3, $4, $5, $6)`,
    [e.number, JSON.stringify(e.requester), JSON.stringify(e.provider), e.item, e.purpose, e.messageId],
  )
}

/** A resident's exchanges, newest first. */
export async function exchangesOf(
  db: Queryable,
  number: string,
): Promise<readonly (Exchange & { readonly at: Date })[]> {
  const { rows } = await db.query(
    `select at, requester, provider, item, purpose, message_id as "messageId"
     from exchange_record where number = $1 order by id desc limit 100`,
    [number],
  )
  return rows
}
