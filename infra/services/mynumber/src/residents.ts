import { type Database, inTransaction, type Queryable } from '../../kit/database.ts'
import { revoke } from './certificates.ts'
import type { Resident } from './resident.ts'

export async function findResident(db: Queryable, number: string): Promise<Resident | null> {
  const { rows } = await db.query(
    'select number, name, birth, sex, address from resident where number = $1',
    [number],
  )
  return rows[0] ?? null
}

/**
 * Registers a resident or what has changed. The signature certificate states the four pieces of information: when one of
 * them changes, it lapses in the same moment. Resolves to whether the resident is new.
 */
export async function registerResident(db: Database, resident: Resident): Promise<boolean> {
  const { number, name, birth, sex, address } = resident
  return inTransaction(db, async (client) => {
    const { rows } = await client.query<Resident>(
      'select number, name, birth, sex, address from resident where number = $1 for update',
      [number],
    )
    const [before] = rows
    await client.query(
      `insert into resident (number, name, birth, sex, address) values ($1, $2, $3, $4, $5)
       on conflict (number) do update set name = $2, birth = $3, sex = $4, address = $5`,
      [number, name, birth, sex, address],
    )
    if (
      before &&
      (before.name !== name || before.birth !== birth || before.sex !== sex || before.address !== address)
    )
      await revoke(client, number, 'signature', 'affiliationChanged')
    return !before
  })
}

/** Whether a personal code of Meremaa states this day of birth, `YYYY-MM-DD`. */
export function bornOn(code: string, birth: string): boolean {
  const [, century = '', day] = /^([1-8])(\d{6})\d{4}$/.exec(code) ?? []
  return (
    day === birth.slice(2).replaceAll('-', '') &&
    birth.startsWith(String(17 + Math.ceil(Number(century) / 2)))
  )
}

/** The personal code of Meremaa that belongs to a number; null when none is linked. */
export async function linkedCode(db: Queryable, number: string): Promise<string | null> {
  const { rows } = await db.query('select code from link where number = $1', [number])
  return rows[0]?.code ?? null
}

/** Links a number with a personal code of Meremaa. Who shows the cards of both is right: an earlier link of either goes. */
export async function linkCode(db: Database, number: string, code: string): Promise<void> {
  await inTransaction(db, async (client) => {
    await client.query('delete from link where code = $2 or number = $1', [number, code])
    await client.query('insert into link (number, code) values ($1, $2)', [number, code])
  })
}
