import { type Cipher, decodeChoice, readCipher } from './ballot.ts'
import { Malformed, type Point, pointFromHex, pointToHex } from './group.ts'
import type { ShuffleProof } from './shuffle.ts'
import { checkShuffle } from './shuffle-check.ts'
import {
  type Commitments,
  checkPartial,
  combine,
  electionKey,
  type PartialDecryption,
  verificationKey,
} from './threshold.ts'

/** What the key ceremony gives to the public. Commitments of each holder, constant first. */
export interface CeremonyRecord {
  readonly threshold: number
  readonly key: string
  readonly commitments: readonly (readonly string[])[]
}

export interface OpenedBallot {
  readonly parts: readonly (PartialDecryption & { readonly holder: number })[]
  /** Null for a ballot that holds no choice. */
  readonly choice: string | null
}

export interface DistrictTally {
  readonly district: string
  /** Every choice that may be made here. */
  readonly choices: readonly string[]
  /** The ballots that count, without their voters, in the order of their bytes. */
  readonly ballots: readonly Cipher[]
  readonly mixed: readonly Cipher[]
  readonly proof: ShuffleProof
  readonly opened: readonly OpenedBallot[]
  readonly counts: Readonly<Record<string, number>>
  /** Ballots that hold none of the choices. */
  readonly invalid: number
}

/** All that is published about a counted election. */
export interface Tally {
  readonly election: string
  readonly ceremony: CeremonyRecord
  readonly received: number
  /** Earlier votes of people who voted again. */
  readonly replaced: number
  /** Votes that did not hold when they were checked again. */
  readonly refused: number
  readonly districts: readonly DistrictTally[]
}

export const readCommitments = (ceremony: CeremonyRecord): readonly Commitments[] => {
  const { commitments, threshold } = ceremony
  if (!Array.isArray(commitments) || commitments.some((own) => own.length !== threshold))
    throw new Malformed('every key holder has as many commitments as holders are needed')
  return commitments.map((own) => own.map(pointFromHex))
}

/** Counts what was opened; choices that nobody made count 0. */
export function count(
  choices: readonly string[],
  opened: readonly Pick<OpenedBallot, 'choice'>[],
): Pick<DistrictTally, 'counts' | 'invalid'> {
  const counts = new Map(choices.map((choice) => [choice, 0]))
  let invalid = 0
  for (const { choice } of opened) {
    const before = choice === null ? undefined : counts.get(choice)
    if (choice === null || before === undefined) invalid += 1
    else counts.set(choice, before + 1)
  }
  return { counts: Object.fromEntries(counts), invalid }
}

const insist = (holds: boolean, otherwise: string): void => {
  if (!holds) throw new Malformed(otherwise)
}

/**
 * Checks a published tally from the key to the counts, with nothing but what is published. Gives the counts of all districts. Throws `Malformed` with what does not hold.
 */
export function checkTally(tally: Tally): Readonly<Record<string, number>> {
  const commitments = readCommitments(tally.ceremony)
  const key = electionKey(commitments)
  insist(pointToHex(key) === tally.ceremony.key, 'the key is not what the key holders committed to')
  const holderKeys = commitments.map((_, i) => verificationKey(commitments, i + 1))
  let ballots = 0
  for (const district of tally.districts) {
    checkDistrict(district, key, holderKeys, tally.ceremony.threshold)
    ballots += district.ballots.length
  }
  insist(
    ballots === tally.received - tally.replaced - tally.refused,
    'as many ballots count as votes are left',
  )
  return Object.assign({}, ...tally.districts.map(({ counts }) => counts))
}

function checkDistrict(
  tally: DistrictTally,
  key: Point,
  holderKeys: readonly Point[],
  threshold: number,
): void {
  const where = `district ${tally.district}`
  const mixed = tally.mixed.map(readCipher)
  insist(
    checkShuffle(key, tally.ballots.map(readCipher), mixed, tally.proof),
    `${where}: the proof of mixing does not hold`,
  )
  insist(tally.opened.length === mixed.length, `${where}: not every ballot was opened`)
  mixed.forEach(({ a, b }, i) => {
    const { parts, choice } = tally.opened[i] as OpenedBallot
    const holders = new Set(parts.map(({ holder }) => holder))
    insist(holders.size === parts.length && holders.size >= threshold, `${where}: too few key holders`)
    const points = parts.map((part) => {
      const holderKey = holderKeys[part.holder - 1]
      const d = pointFromHex(part.d)
      insist(
        holderKey !== undefined && checkPartial(holderKey, a, d, part),
        `${where}: a key holder's proof does not hold`,
      )
      return { holder: part.holder, d }
    })
    insist(decodeChoice(b.subtract(combine(points))) === choice, `${where}: a ballot holds another choice`)
  })
  const { counts, invalid } = count(tally.choices, tally.opened)
  const same = tally.choices.every((choice) => counts[choice] === tally.counts[choice])
  insist(
    same && Object.keys(tally.counts).length === tally.choices.length && invalid === tally.invalid,
    `${where}: the counts are others`,
  )
}
