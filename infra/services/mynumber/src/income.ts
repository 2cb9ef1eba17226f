import { randomUUID } from 'node:crypto'
import type { Database } from '../../kit/database.ts'
import type { Text } from '../../kit/html.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import { recordExchange } from './records.ts'
import { linkedCode } from './residents.ts'

export interface IncomeCertificate {
  readonly number: string
  readonly year: number
  readonly payers: readonly { readonly payer: string; readonly gross: number; readonly withheld: number }[]
  readonly gross: number
  readonly withheld: number
  readonly issued: string
}

export type Fetched =
  | { readonly certificate: IncomeCertificate }
  | { readonly error: 'not_linked' | 'not_available' }

export const TAX_OFFICE: Text = {
  en: 'Tax and Customs Board of Meremaa',
  et: 'Meremaa Maksu- ja Tolliamet',
  ja: 'メレマー税務関税庁',
}

/**
 * Fetches a resident's certificate of income from Meremaa's tax office, across the federation. The record of the exchange is
 * written first. The number itself never leaves the country: Meremaa gets its own personal code, and the number of the consent as reason.
 */
export async function fetchIncome(
  db: Database,
  xroad: XroadClient,
  ask: {
    readonly number: string
    readonly requester: Text
    readonly purpose: string
    readonly issue: string
  },
): Promise<Fetched> {
  const code = await linkedCode(db, ask.number)
  if (!code) return { error: 'not_linked' }
  const messageId = randomUUID()
  const { number, requester, purpose, issue } = ask
  await recordExchange(db, {
    number,
    requester,
    provider: TAX_OFFICE,
    item: 'income-certificate',
    purpose,
    messageId,
  })
  const user = `JP-PORTAL-${messageId.slice(0, 8)}`
  try {
    const reply = await xroad({ service: 'tax/income-certificate', path: `/${code}`, user, issue })
    if (reply.status === 200) return { certificate: readCertificate(reply.json(), code) }
    console.error(`certificate of income: tax answers ${reply.status} ${reply.xroadError ?? ''}`)
  } catch (error) {
    console.error(`certificate of income: ${String(error)}`)
  }
  return { error: 'not_available' }
}

/** Checks that an answer is a certificate of the person asked about. Throws TypeError. */
export function readCertificate(body: unknown, code: string): IncomeCertificate {
  const { number, code: whose, year, payers, gross, withheld, issued } = Object(body)
  const amounts = [year, gross, withheld]
  const good =
    whose === code &&
    typeof number === 'string' &&
    typeof issued === 'string' &&
    amounts.every(Number.isFinite)
  if (!good || !Array.isArray(payers)) throw new TypeError('this is no certificate of income of that person')
  return {
    ...{ number, year, gross, withheld, issued },
    payers: payers.map((one) => {
      const { payer, gross: paid, withheld: kept } = Object(one)
      return { payer: String(payer), gross: Number(paid), withheld: Number(kept) }
    }),
  }
}
