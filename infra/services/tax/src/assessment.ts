import { type Database, inTransaction } from '../../kit/database.ts'
import { assessing } from './assessing.ts'
import { assess, cents } from './calculation.ts'
import type { Declaration } from './declarations.ts'

/**
 * Assesses confirmed declarations, oldest first, and orders the refund to the person's account. Each in one transaction,
 * so that a restart in the middle pays nothing twice.
 */
export async function assessNext(db: Database): Promise<boolean> {
  return inTransaction(db, async (client) => {
    const { rows } = await client.query<Declaration>(
      `select id, code, year, gross, withheld, training, donations, interest from declaration
       where state = 'confirmed' order by id limit 1 for update skip locked`,
    )
    const [declaration] = rows
    if (declaration) {
      const { id, code, year } = declaration
      const { tax, refund } = assess(declaration)
      const before = await client.query<{ paid: number }>(
        `select coalesce(sum(amount), 0) as paid from payment p join declaration d on d.id = p.declaration
         where d.code = $1 and d.year = $2`,
        [code, year],
      )
      const account = await client.query<{ iban: string }>('select iban from account where code = $1', [code])
      const iban = account.rows[0]?.iban ?? null
      const payout = iban ? Math.max(0, cents(refund - (before.rows[0]?.paid ?? 0))) : 0
      if (payout > 0)
        await client.query('insert into payment (declaration, iban, amount) values ($1, $2, $3)', [
          id,
          iban,
          payout,
        ])
      await client.query(
        `update declaration set state = 'paid', tax = $2, refund = $3, payout = $4, iban = $5, paid_at = now() where id = $1`,
        [id, tax, refund, payout, iban],
      )
    }
    return declaration !== undefined
  })
}

/** Goes on for as long as the service runs; an outage of the database only delays. */
export const assessForever = (db: Database): Promise<never> => assessing.forever(() => assessNext(db))
