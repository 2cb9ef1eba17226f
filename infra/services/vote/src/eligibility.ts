import type { Queryable } from '../../kit/database.ts'
import { PLACES } from '../../kit/nation/names.ts'
import type { XroadClient } from '../../kit/xroad-client.ts'
import type { Election } from './elections.ts'
import { RpcError } from './rpc-error.ts'

/** Years of age at which one may vote. */
const OF_AGE = 18

/** Electoral districts are the counties, numbered as they first appear. */
export const COUNTIES: readonly string[] = [...new Set(PLACES.map(({ county }) => county))]
export const districtOf = (county: string): string => String(COUNTIES.indexOf(county) + 1)

export const isOfAge = (birth: string, day: string): boolean =>
  `${Number(birth.slice(0, 4)) + OF_AGE}${birth.slice(4)}` <= day

export interface ListedVoter {
  readonly birth: string
  readonly district: string
}

/** Who is on the voter list under a code; null for nobody. */
export async function listedVoter(db: Queryable, code: string): Promise<ListedVoter | null> {
  const { rows } = await db.query<ListedVoter>('select birth, district from voter where code = $1', [code])
  return rows[0] ?? null
}

/**
 * The district in which a person may vote, as the population register has them now: alive, of age on election day, on the voter list. Throws `RpcError`.
 */
export async function eligibleDistrict(
  db: Queryable,
  xroad: XroadClient,
  election: Election,
  code: string,
): Promise<string> {
  const reply = await xroad({
    service: 'population/persons',
    path: `/${code}`,
    user: code,
    issue: election.id,
  })
  if (reply.status === 404) throw new RpcError('INELIGIBLE_VOTER', 'the population register knows nobody')
  if (reply.status !== 200)
    throw new RpcError(
      'INTERNAL_SERVER_ERROR',
      `population answers ${reply.status} ${reply.xroadError ?? ''}`,
    )
  const { birth, status, municipality } = Object(reply.json())
  if (status !== 'alive') throw new RpcError('INELIGIBLE_VOTER', 'the person is not alive')
  if (!isOfAge(String(birth), election.day))
    throw new RpcError('VOTER_TOO_YOUNG', `the person is younger than ${OF_AGE} on ${election.day}`)
  const listed = await listedVoter(db, code)
  if (!listed) throw new RpcError('INELIGIBLE_VOTER', 'the person is not on the voter list')
  // Who moved votes in the new district. An address under protection, or abroad, leaves the one of the list.
  const place = PLACES.find(({ town }) => town === municipality)
  return place ? districtOf(place.county) : listed.district
}
