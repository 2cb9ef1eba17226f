import { randomBytes } from 'node:crypto'
import type { Database, Queryable } from '../../kit/database.ts'
import type { Text } from '../../kit/html.ts'
import type { CeremonyRecord, Tally } from '../../kit/voting/tally-check.ts'
import { holdCeremony } from './key-holders.ts'

export interface Candidate {
  /** `district.number` */
  readonly choice: string
  readonly name: string
  readonly list: string
}

export interface District {
  readonly district: string
  readonly name: string
  readonly candidates: readonly Candidate[]
}

export interface Election {
  readonly id: string
  readonly kind: 'national' | 'mock'
  readonly title: Text
  /** `YYYY-MM-DD` on which a voter must be of age. */
  readonly day: string
  readonly state: 'open' | 'closed'
  readonly startedBy: string | null
  readonly startedAt: Date
  readonly closedAt: Date | null
  readonly districts: readonly District[]
  readonly ceremony: CeremonyRecord
  readonly counted: boolean
}

export const NATIONAL = 'RK2026'

const MOCK_TITLE: Text = {
  en: 'Mock election for training',
  et: 'Proovihääletus õppuseks',
  ja: '訓練用の模擬選挙',
}
const MOST_OPEN = 20

const COLUMNS = `id, kind, title, day, state, started_by as "startedBy", started_at as "startedAt", closed_at as "closedAt",
  districts, ceremony, tally is not null as counted`

export async function findElection(db: Queryable, id: string): Promise<Election | null> {
  const { rows } = await db.query<Election>(`select ${COLUMNS} from election where id = $1`, [id])
  return rows[0] ?? null
}

/** The national one, and the mock elections of one person, newest first. */
export async function electionsFor(db: Database, code: string | null): Promise<readonly Election[]> {
  const { rows } = await db.query<Election>(
    `select ${COLUMNS} from election where kind = 'national' or started_by = $1
     order by kind desc, started_at desc limit 30`,
    [code],
  )
  return rows
}

export async function findTally(db: Database, id: string): Promise<Tally | null> {
  const { rows } = await db.query<{ tally: Tally | null }>('select tally from election where id = $1', [id])
  return rows[0]?.tally ?? null
}

/** Announces an election: its key is made, and its shares are with their holders, before anybody can vote. */
export async function announce(
  db: Queryable,
  election: Pick<Election, 'id' | 'kind' | 'title' | 'day' | 'districts' | 'startedBy'>,
): Promise<void> {
  const { record, sealed } = holdCeremony(election.id)
  await db.query(
    `with made as (
       insert into election (id, kind, title, day, started_by, districts, ceremony) values ($1, $2, $3, $4, $5, $6, $7) returning id)
     insert into key_share (election, holder, sealed)
     select made.id, holder, sealed from made, unnest($8::text[]) with ordinality as share (sealed, holder)`,
    [
      election.id,
      election.kind,
      JSON.stringify(election.title),
      election.day,
      election.startedBy,
      JSON.stringify(election.districts),
      JSON.stringify(record),
      sealed,
    ],
  )
}

/** Starts a mock election with the districts and candidates of the national one. Null when its starter has too many open. */
export async function startMock(db: Database, startedBy: string): Promise<string | null> {
  const { rows } = await db.query<{ open: number }>(
    `select count(*) as open from election where started_by = $1 and state = 'open'`,
    [startedBy],
  )
  const national = await findElection(db, NATIONAL)
  if (!national || (rows[0]?.open ?? 0) >= MOST_OPEN) return null
  const id = `MOCK-${randomBytes(6).toString('hex')}`
  const { day, districts } = national
  await announce(db, { id, kind: 'mock', title: MOCK_TITLE, day, districts, startedBy })
  return id
}

/** Ends the voting of a mock election of this person; from here on no vote gets in. False when there is none such. */
export async function closeMock(db: Database, id: string, startedBy: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `update election set state = 'closed', closed_at = coalesce(closed_at, now())
     where id = $1 and kind = 'mock' and started_by = $2`,
    [id, startedBy],
  )
  return rowCount === 1
}
