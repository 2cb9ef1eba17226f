import type { Database } from '../../kit/database.ts'
import { assessing } from './assessing.ts'
import { assess, type Stated } from './calculation.ts'

export interface Declaration extends Stated {
  readonly id: number
  readonly code: string
  readonly year: number
  readonly name: string
  readonly address: string
  readonly state: 'draft' | 'confirmed' | 'paid'
  /** The citizen's words to the official. */
  readonly note: string
  readonly tax: number | null
  readonly refund: number | null
  /** What is paid now: the refund less what this year's earlier declarations brought. */
  readonly payout: number | null
  readonly iban: string | null
  readonly madeAt: Date
  readonly confirmedAt: Date | null
  readonly paidAt: Date | null
}

const COLUMNS = `id, code, year, name, address, state, gross, withheld, training, donations, interest, note, tax, refund, payout,
  iban, made_at as "madeAt", confirmed_at as "confirmedAt", paid_at as "paidAt"`

/** A person's declaration; null when there is none with this number. */
export async function findDeclaration(db: Database, id: number, code: string): Promise<Declaration | null> {
  const { rows } = await db.query<Declaration>(
    `select ${COLUMNS} from declaration where id = $1 and code = $2`,
    [id, code],
  )
  return rows[0] ?? null
}

/** All of a person, newest first. */
export async function declarationsOf(db: Database, code: string): Promise<readonly Declaration[]> {
  const { rows } = await db.query<Declaration>(
    `select ${COLUMNS} from declaration where code = $1 order by id desc limit 50`,
    [code],
  )
  return rows
}

/** Makes the draft of a year from what others reported; an open draft is filled anew. */
export async function makeDraft(
  db: Database,
  person: { readonly code: string; readonly name: string; readonly address: string },
  year: number,
): Promise<Declaration> {
  const { rows } = await db.query<Declaration>(
    `insert into declaration (code, year, name, address, gross, withheld, training, donations, interest)
     select $1, $2, $3, $4,
       coalesce((select sum(gross) from income where code = $1 and year = $2), 0),
       coalesce((select sum(withheld) from income where code = $1 and year = $2), 0),
       coalesce((select amount from deductible where code = $1 and year = $2 and kind = 'training'), 0),
       coalesce((select amount from deductible where code = $1 and year = $2 and kind = 'donations'), 0),
       coalesce((select amount from deductible where code = $1 and year = $2 and kind = 'interest'), 0)
     on conflict (code, year) where state = 'draft' do update set
       name = excluded.name, address = excluded.address, gross = excluded.gross, withheld = excluded.withheld,
       training = excluded.training, donations = excluded.donations, interest = excluded.interest, note = ''
     returning ${COLUMNS}`,
    [person.code, year, person.name, person.address],
  )
  return rows[0] as Declaration
}

/** Changes fields of a draft. False when the person has no such draft. Names of fields are columns, never input. */
export async function changeDraft(
  db: Database,
  id: number,
  code: string,
  changes: Readonly<Record<string, string | number>>,
): Promise<boolean> {
  const names = Object.keys(changes)
  if (names.length === 0) return true
  const { rowCount } = await db.query(
    `update declaration set ${names.map((name, i) => `${name} = $${i + 3}`).join(', ')}
     where id = $1 and code = $2 and state = 'draft'`,
    [id, code, ...names.map((name) => changes[name])],
  )
  return rowCount === 1
}

/** Hands the draft in: from here on it is assessed and paid. False when the person has no such draft. */
export async function confirmDraft(db: Database, id: number, code: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update declaration set state = 'confirmed', confirmed_at = now() where id = $1 and code = $2 and state = 'draft'`,
    [id, code],
  )
  assessing.soon()
  return rowCount === 1
}

/** What assessing the declaration as it now stands would give. */
export const preview = (declaration: Declaration) => assess(declaration)
