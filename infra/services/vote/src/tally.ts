import type { KeyObject } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import type { Database } from '../../kit/database.ts'
import { type Cipher, decodeChoice, type Pair, readCipher, writeCipher } from '../../kit/voting/ballot.ts'
import { type Point, pointFromHex } from '../../kit/voting/group.ts'
import { shuffle } from '../../kit/voting/shuffle.ts'
import { count, type DistrictTally, type OpenedBallot, type Tally } from '../../kit/voting/tally-check.ts'
import { combine, decryptPartially } from '../../kit/voting/threshold.ts'
import { type StoredVote, votesOf } from './ballot-box.ts'
import type { District, Election } from './elections.ts'
import { isOfAge, listedVoter } from './eligibility.ts'
import { openShares, type Share } from './key-holders.ts'
import { registeredAt } from './registration.ts'
import { RpcError } from './rpc-error.ts'
import { readSignedVote } from './signed-vote.ts'

interface CheckedVote {
  readonly voter: string
  readonly district: string
  readonly cipher: Cipher
  readonly at: Date
}

/**
 * Counts a closed election and publishes the tally: each vote is checked again, the last of each voter is kept, identities are stripped, and each
 * district's ballots are mixed and opened by the key holders. Counted once; a second call changes nothing.
 */
export async function countElection(db: Database, election: Election, authority: KeyObject): Promise<void> {
  const stored = await votesOf(db, election.id)
  const checked: CheckedVote[] = []
  for (const vote of stored) {
    const good = await checkAgain(db, election, vote, authority)
    if (good) checked.push(good)
  }
  const last = lastOfEach(checked)
  const shares = await openShares(db, election.id)
  const key = pointFromHex(election.ceremony.key)
  const districts: DistrictTally[] = []
  for (const district of election.districts) {
    const ballots = last.filter((vote) => vote.district === district.district).map(({ cipher }) => cipher)
    districts.push(await countDistrict(district, ballots, key, shares))
  }
  const tally: Tally = {
    election: election.id,
    ceremony: election.ceremony,
    received: stored.length,
    replaced: checked.length - last.length,
    refused: stored.length - checked.length,
    districts,
  }
  await db.query('update election set tally = $2 where id = $1 and tally is null', [
    election.id,
    JSON.stringify(tally),
  ])
}

/** The vote, if signature, time-stamp and voter hold; null, with a line in the log, if not. */
async function checkAgain(
  db: Database,
  election: Election,
  { id, voter, district, envelope, token, registeredAt: stored }: StoredVote,
  authority: KeyObject,
): Promise<CheckedVote | null> {
  try {
    const opened = await readSignedVote(envelope, authority, stored)
    const at = registeredAt(opened, token)
    const listed = await listedVoter(db, voter)
    if (opened.voter !== voter || opened.election !== election.id)
      throw new RpcError('BAD_REQUEST', 'the envelope is of somebody else or for another election')
    if (!listed || !isOfAge(listed.birth, election.day))
      throw new RpcError('INELIGIBLE_VOTER', 'the voter is not on the list')
    return { voter, district, cipher: opened.cipher, at }
  } catch (error) {
    console.error(`vote ${id} does not count: ${String(error)}`)
    return null
  }
}

/** The vote of each voter that was registered last. */
export function lastOfEach<V extends { readonly voter: string; readonly at: Date }>(
  votes: readonly V[],
): readonly V[] {
  const last = new Map<string, V>()
  for (const vote of votes) {
    const before = last.get(vote.voter)
    if (!before || vote.at >= before.at) last.set(vote.voter, vote)
  }
  return [...last.values()]
}

/** Mixes and opens the ballots of one district. They come in the order of their bytes, which says nothing about when they were cast. */
export async function countDistrict(
  { district, candidates }: District,
  ciphers: readonly Cipher[],
  key: Point,
  shares: readonly Share[],
): Promise<DistrictTally> {
  const ballots = ciphers.toSorted((x, y) => (x.a < y.a ? -1 : 1))
  const { output, proof } = shuffle(key, ballots.map(readCipher))
  const opened: OpenedBallot[] = []
  for (const ballot of output) {
    // Others are served between two ballots.
    await turn()
    opened.push(openBallot(ballot, shares))
  }
  const choices = candidates.map(({ choice }) => choice)
  const mixed = output.map(writeCipher)
  return { district, choices, ballots, mixed, proof, opened, ...count(choices, opened) }
}

function openBallot({ a, b }: Pair, shares: readonly Share[]): OpenedBallot {
  const parts = shares.map(({ holder, share }) => ({ holder, ...decryptPartially(share, a) }))
  const mask = combine(parts.map(({ holder, d }) => ({ holder, d: pointFromHex(d) })))
  return { parts, choice: decodeChoice(b.subtract(mask)) }
}
