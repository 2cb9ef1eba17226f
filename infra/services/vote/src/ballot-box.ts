import { randomBytes } from 'node:crypto'
import type { Database } from '../../kit/database.ts'

export interface StoredVote {
  /** 16 random bytes, base64. */
  readonly id: string
  readonly voter: string
  readonly district: string
  /** The signed vote, JSON. */
  readonly envelope: string
  /** Time-stamp token, base64, and the moment that it states. */
  readonly token: string
  readonly registeredAt: Date
}

/** How long after it was stored, and how often, a vote can be fetched for verification. */
const VERIFY_MINUTES = 10
const VERIFY_TIMES = 3

const COLUMNS = 'id, voter, district, envelope, token, registered_at as "registeredAt"'

/**
 * Puts a registered vote into the ballot box; gives its id. Null when the election is not open, or has this very envelope already: a
 * signed vote that somebody kept must not come back and count as the last.
 */
export async function storeVote(
  db: Database,
  vote: Omit<StoredVote, 'id'> & {
    readonly session: string
    readonly election: string
    readonly digest: Buffer
  },
): Promise<string | null> {
  const id = randomBytes(16).toString('base64')
  const { rowCount } = await db.query(
    `insert into vote (id, session, election, voter, district, envelope, digest, token, registered_at)
     select $1, $2, e.id, $4, $5, $6, $7, $8, $9 from (select id from election where id = $3 and state = 'open' for share) e
     on conflict (election, digest) do nothing`,
    [
      id,
      vote.session,
      vote.election,
      vote.voter,
      vote.district,
      vote.envelope,
      vote.digest.toString('hex'),
      vote.token,
      vote.registeredAt,
    ],
  )
  return rowCount === 1 ? id : null
}

/** A vote for the verification app, which counts as one try. Null for an unknown one, too late, or too often. */
export async function fetchToVerify(db: Database, session: string, id: string): Promise<StoredVote | null> {
  const { rows } = await db.query<StoredVote>(
    `update vote set verified = verified + 1
     where session = $1 and id = $2 and verified < $3 and stored_at > now() - make_interval(mins => $4)
     returning ${COLUMNS}`,
    [session, id, VERIFY_TIMES, VERIFY_MINUTES],
  )
  return rows[0] ?? null
}

export async function votesOf(db: Database, election: string): Promise<readonly StoredVote[]> {
  const { rows } = await db.query<StoredVote>(
    `select ${COLUMNS} from vote where election = $1 order by serial`,
    [election],
  )
  return rows
}

/** Whether, how often and when last a person has voted. Not how. */
export interface VoteState {
  readonly voted: boolean
  readonly count: number
  readonly last: Date | null
}

export async function stateOfVote(db: Database, election: string, voter: string): Promise<VoteState> {
  const { rows } = await db.query<Omit<VoteState, 'voted'>>(
    'select count(*) as count, max(registered_at) as last from vote where election = $1 and voter = $2',
    [election, voter],
  )
  const { count = 0, last = null } = rows[0] ?? {}
  return { voted: count > 0, count, last }
}
