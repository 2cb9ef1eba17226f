import { type Database, inTransaction } from '../../kit/database.ts'
import type { Session } from '../../kit/sessions.ts'
import { type Container, type DataFile, readContainer, sha256, writeContainer } from './container.ts'

export interface Contract {
  readonly id: number
  /** Personal code of who drafted it. */
  readonly owner: string
  readonly ownerName: string
  /** Personal code of who was invited to sign; null before. */
  readonly partner: string | null
  readonly title: string
  readonly body: string
  readonly container: Container | null
}

interface Row extends Omit<Contract, 'container'> {
  readonly asice: Buffer | null
}

const COLUMNS = 'id, owner, owner_name as "ownerName", partner, title, body, asice'
const contractOf = ({ asice, ...row }: Row): Contract => ({
  ...row,
  container: asice ? readContainer(asice) : null,
})

/** The contracts that a person drafted or is invited to, newest first. */
export async function contractsOf(
  db: Database,
  code: string,
): Promise<readonly Pick<Contract, 'id' | 'title' | 'ownerName'>[]> {
  const { rows } = await db.query<Contract>(
    'select id, title, owner_name as "ownerName" from contract where owner = $1 or partner = $1 order by id desc limit 100',
    [code],
  )
  return rows
}

/** A contract of which this person is a party; null when there is none with this number. */
export async function findContract(db: Database, id: number, code: string): Promise<Contract | null> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from contract where id = $1 and (owner = $2 or partner = $2)`,
    [id, code],
  )
  return rows[0] ? contractOf(rows[0]) : null
}

export async function draftContract(
  db: Database,
  owner: Pick<Session, 'code' | 'name'>,
  title: string,
  body: string,
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(
    'insert into contract (owner, owner_name, title, body) values ($1, $2, $3, $4) returning id',
    [owner.code, owner.name, title, body],
  )
  return rows[0]?.id ?? 0
}

/** False when the contract is not this person's draft or somebody has signed it already. */
export async function changeContract(
  db: Database,
  id: number,
  owner: string,
  change: { readonly body: string } | { readonly partner: string },
): Promise<boolean> {
  const [column, value] = 'body' in change ? ['body', change.body] : ['partner', change.partner]
  // Who is invited can be said once; after the first signature too.
  const free = column === 'body' ? 'asice is null' : 'partner is null'
  const { rowCount } = await db.query(
    `update contract set ${column} = $3 where id = $1 and owner = $2 and ${free}`,
    [id, owner, value],
  )
  return rowCount === 1
}

/** What the parties sign: the text as a file. */
export const fileOf = ({ id, title, body }: Contract): DataFile => ({
  name: `${id} ${title.replace(/[^\p{L}\p{N} -]/gu, '').slice(0, 60)}`.trim().concat('.txt'),
  mediaType: 'text/plain',
  data: Buffer.from(`${title}\n\n${body}\n`),
})

export const containerOf = (contract: Contract): Container =>
  contract.container ?? { files: [fileOf(contract)], signatures: [] }

/** Hash (hex) of what a page shows of a contract: what is signed later must be the same. */
export const shownHash = (contract: Contract): string => sha256(fileOf(contract).data).toString('hex')

/** Adds a signature: `add` gets the container as it is, under a lock, and gives it with the signature. */
export async function addSignature(
  db: Database,
  id: number,
  add: (container: Container) => Promise<Container>,
): Promise<void> {
  await inTransaction(db, async (client) => {
    const { rows } = await client.query<Row>(`select ${COLUMNS} from contract where id = $1 for update`, [id])
    if (!rows[0]) throw new Error(`there is no contract ${id}`)
    const signed = await add(containerOf(contractOf(rows[0])))
    await client.query('update contract set asice = $2 where id = $1', [id, writeContainer(signed)])
  })
}
