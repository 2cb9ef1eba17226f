import type { Database } from '../../kit/database.ts'

/** Where a person's refunds go; null when none is known. */
export async function accountOf(db: Database, code: string): Promise<string | null> {
  const { rows } = await db.query<{ iban: string }>('select iban from account where code = $1', [code])
  return rows[0]?.iban ?? null
}

export async function changeAccount(db: Database, code: string, iban: string): Promise<void> {
  await db.query(
    'insert into account (code, iban) values ($1, $2) on conflict (code) do update set iban = excluded.iban',
    [code, iban],
  )
}
