import { randomInt, randomUUID } from 'node:crypto'
import type { Database } from '../../../kit/database.ts'
import { sameSecret } from '../../../kit/secrets.ts'
import { hashOf, randomText } from '../jws.ts'
import { OauthError } from '../oauth-error.ts'
import { PIN_LENGTH } from './metadata.ts'

export interface Offer {
  readonly id: string
  readonly code: string
  readonly preAuthorized: string
  readonly pin: string
  readonly state: 'open' | 'used' | 'locked'
}

const OFFER_SECONDS = 600
const TOKEN_SECONDS = 300
const MOST_WRONG = 5
const COLUMNS = 'id, code, pre_authorized as "preAuthorized", pin, state'

/** An offer of one credential to a person. Older open offers of the person end. */
export async function makeOffer(db: Database, code: string): Promise<Offer> {
  await db.query(`delete from offer where until < now() or (code = $1 and state = 'open')`, [code])
  const pin = String(randomInt(10 ** PIN_LENGTH)).padStart(PIN_LENGTH, '0')
  const { rows } = await db.query<Offer>(
    `insert into offer (id, code, pre_authorized, pin, until) values ($1, $2, $3, $4, now() + make_interval(secs => $5))
     returning ${COLUMNS}`,
    [randomUUID(), code, randomText(), pin, OFFER_SECONDS],
  )
  return rows[0] as Offer
}

/** The offer with this number, while it lasts; null when there is none. */
export async function findOffer(db: Database, id: string): Promise<Offer | null> {
  if (!/^[0-9a-f-]{36}$/.test(id)) return null
  const { rows } = await db.query<Offer>(`select ${COLUMNS} from offer where id = $1 and until > now()`, [id])
  return rows[0] ?? null
}

/**
 * Exchanges a pre-authorized code and its PIN for an access token, once. After five wrong PINs the offer is locked for good.
 * @throws OauthError invalid_grant, and invalid_request when no PIN is given.
 */
export async function redeemOffer(
  db: Database,
  preAuthorized: string,
  pin: string | undefined,
): Promise<{ readonly token: string; readonly expiresIn: number }> {
  if (pin === undefined) throw new OauthError('invalid_request', 'tx_code is missing')
  const { rows } = await db.query<Offer>(
    `select ${COLUMNS} from offer where pre_authorized = $1 and state = 'open' and until > now()`,
    [preAuthorized],
  )
  const offer = rows[0]
  if (!offer) throw new OauthError('invalid_grant', 'The pre-authorized code is not valid')
  // Counted before the comparison, so that guesses made at the same time count too.
  const { rowCount: counted } = await db.query(
    `update offer set wrong = wrong + 1, state = case when wrong + 1 >= $2 then 'locked' else state end
     where id = $1 and state = 'open'`,
    [offer.id, MOST_WRONG],
  )
  if (counted !== 1) throw new OauthError('invalid_grant', 'The pre-authorized code is not valid')
  if (!sameSecret(offer.pin, pin)) throw new OauthError('invalid_grant', 'The PIN is wrong')
  const used = await db.query(`update offer set state = 'used' where id = $1 and state <> 'used'`, [offer.id])
  if (used.rowCount !== 1) throw new OauthError('invalid_grant', 'The pre-authorized code is not valid')
  const token = randomText()
  await db.query('insert into access (id, code, until) values ($1, $2, now() + make_interval(secs => $3))', [
    hashOf(token),
    offer.code,
    TOKEN_SECONDS,
  ])
  return { token, expiresIn: TOKEN_SECONDS }
}

/** Whose credential an access token is good for. @throws OauthError invalid_token */
export async function personOfToken(db: Database, authorization: string | undefined): Promise<string> {
  const token = /^Bearer ([\w-]{1,200})$/i.exec(authorization ?? '')?.[1] ?? ''
  const { rows } = await db.query<{ code: string }>(
    'select code from access where id = $1 and until > now()',
    [hashOf(token)],
  )
  if (!rows[0]) throw new OauthError('invalid_token', 'The access token is not valid', 401)
  return rows[0].code
}

/** Takes an access token out of use: false when it was used meanwhile. */
export async function useToken(db: Database, authorization: string | undefined): Promise<boolean> {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? ''
  const { rowCount } = await db.query('delete from access where id = $1 or until < now()', [hashOf(token)])
  return (rowCount ?? 0) > 0
}
