import { randomUUID } from 'node:crypto'
import { backgroundWork } from '../../kit/background-work.ts'
import type { Database, Queryable } from '../../kit/database.ts'
import type { Text } from '../../kit/html.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { findClient, type Item } from './clients.ts'
import type { FourInformation } from './four-information.ts'
import { type Fetched, fetchIncome } from './income.ts'
import { recordExchange } from './records.ts'
import { findResident } from './residents.ts'

export interface Result {
  readonly 'basic-four'?: FourInformation
  readonly 'income-certificate'?: Fetched
}

/** One fetching of a person's information: asked for, done a moment later, fetched by polling. */
export interface Fetching {
  readonly id: string
  readonly client: string
  readonly number: string
  readonly items: readonly Item[]
  readonly purpose: string
  readonly state: 'processing' | 'completed'
  readonly result: Result | null
}

/** The client of what a person fetches on the portal's own pages. */
export const SELF = 'self'
const OWN: Text = { en: 'Yourself', et: 'Sina ise', ja: 'ご本人' }
const PORTAL: Text = { en: 'Residents’ register', et: 'Elanike register', ja: '住民基本台帳' }
const COLUMNS = 'id, client, number, items, purpose, state, result'
const work = backgroundWork('fetching', 150)

/** Asks for items; the same consent gives the same fetching, however often it is asked. */
export async function startFetching(
  db: Queryable,
  ask: Pick<Fetching, 'client' | 'number' | 'items' | 'purpose'> & { readonly consent: string | null },
): Promise<string> {
  const { rows } = await db.query(
    `insert into self_information (consent, client, number, items, purpose) values ($1, $2, $3, $4, $5)
     on conflict (consent) do update set consent = excluded.consent returning id`,
    [ask.consent, ask.client, ask.number, JSON.stringify(ask.items), ask.purpose],
  )
  work.soon()
  return rows[0].id
}

/** The fetching of this consent, or of this number on the portal's own pages; null when there is none such. */
export async function findFetching(
  db: Queryable,
  id: string,
  of: { readonly consent: string } | { readonly number: string },
): Promise<Fetching | null> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return null
  const [column, value] = 'consent' in of ? ['consent', of.consent] : ['number', of.number]
  const { rows } = await db.query(
    `select ${COLUMNS} from self_information where id::text = $1 and ${column} = $2`,
    [id, value],
  )
  return rows[0] ?? null
}

/** Fetches what was asked for, oldest first, for as long as the service runs. What a restart broke off is done again. */
export const fetchForever = (db: Database, xroad: XroadClient): Promise<never> =>
  work.forever(() => fetchNext(db, xroad))

/** One round of it; resolves to whether there was anything to do. */
export async function fetchNext(db: Database, xroad: XroadClient): Promise<boolean> {
  const { rows } = await db.query<Fetching>(
    `select ${COLUMNS} from self_information where state = 'processing' order by made limit 8`,
  )
  await Promise.all(
    rows.map(async (fetching) => {
      const result = JSON.stringify(await fetch(db, xroad, fetching))
      await db.query(`update self_information set state = 'completed', result = $2 where id = $1`, [
        fetching.id,
        result,
      ])
    }),
  )
  if (rows.length === 0) await db.query(`delete from self_information where made < now() - interval '1 hour'`)
  return rows.length > 0
}

async function fetch(db: Database, xroad: XroadClient, fetching: Fetching): Promise<Result> {
  const { id, number, items, purpose, client } = fetching
  const requester = findClient(client)?.name ?? OWN
  const income = items.includes('income-certificate')
    ? await fetchIncome(db, xroad, { number, requester, purpose, issue: id })
    : null
  const four = items.includes('basic-four') ? await basicFour(db, { number, requester, purpose }) : null
  return { ...(four ? { 'basic-four': four } : {}), ...(income ? { 'income-certificate': income } : {}) }
}

async function basicFour(
  db: Database,
  { number, requester, purpose }: { number: string; requester: Text; purpose: string },
): Promise<FourInformation | null> {
  const resident = await findResident(db, number)
  if (!resident) return null
  const item = 'basic-four'
  await recordExchange(db, { number, requester, provider: PORTAL, item, purpose, messageId: randomUUID() })
  const { name, birth, sex, address } = resident
  return { name, birth, sex, address }
}
