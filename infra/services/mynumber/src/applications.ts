import type { Database, Queryable } from '../../kit/database.ts'
import type { Authorities } from './authority.ts'
import { type CardAnswer, Refused, verifyCard } from './card.ts'
import { readText } from './input.ts'
import { registerResident } from './residents.ts'

export interface Application {
  readonly id: string
  readonly kind: 'move' | 'message'
  /** As it was signed. */
  readonly document: string
  readonly serial: string
  readonly received: Date
}

/** What a person may hand in with a signature: a new address, or words to the consulate. */
export type Draft =
  | { readonly kind: 'move'; readonly address: string }
  | { readonly kind: 'message'; readonly message: string }

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function readDraft(fields: Readonly<Record<string, unknown>>): Draft | null {
  const [address, message] = [readText(fields.address), readText(fields.message)]
  if (fields.kind === 'move' && address) return { kind: 'move', address }
  return fields.kind === 'message' && message ? { kind: 'message', message } : null
}

/** The text that the person reads and the card signs. `reference` makes it good once. */
export const documentOf = (draft: Draft, reference: string): string =>
  JSON.stringify({ ...draft, reference }, null, 1)

/** The draft and reference in a document; null when it is none of ours. */
export function readDocument(document: string): { draft: Draft; reference: string } | null {
  try {
    const fields = Object(JSON.parse(document))
    const draft = readDraft(fields)
    const { reference } = fields
    return draft && typeof reference === 'string' && documentOf(draft, reference) === document
      ? { draft, reference }
      : null
  } catch {
    return null
  }
}

/** Keeps what the holder of `number` signed, and does what it says. Throws `Refused` when it is not their valid signature. */
export async function handIn(
  db: Database,
  authorities: Authorities,
  number: string,
  { document, draft, answer }: { document: string; draft: Draft; answer: CardAnswer },
): Promise<string> {
  const holder = await verifyCard(db, authorities, answer, 'signature', document)
  if (holder.number !== number) throw new Refused('the card of somebody else signed')
  const { rows } = await db.query(
    'insert into application (number, kind, document, serial, signature) values ($1, $2, $3, $4, $5) returning id',
    [number, draft.kind, document, holder.serial, answer.signature],
  )
  if (draft.kind === 'move') await registerResident(db, { ...holder, address: draft.address })
  return rows[0].id
}

const COLUMNS = 'id, kind, document, serial, received'

export async function findApplication(db: Queryable, id: string): Promise<Application | null> {
  if (!UUID.test(id)) return null
  const { rows } = await db.query(`select ${COLUMNS} from application where id = $1`, [id])
  return rows[0] ?? null
}

/** What a resident handed in, newest first. */
export async function applicationsOf(db: Queryable, number: string): Promise<readonly Application[]> {
  const { rows } = await db.query(
    `select ${COLUMNS} from application where number = $1 order by received desc limit 50`,
    [number],
  )
  return rows
}
