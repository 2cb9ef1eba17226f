import {
  challenge,
  G,
  inverse,
  mod,
  type Point,
  pointToHex,
  randomScalar,
  scalarFromHex,
  scalarToHex,
  sum,
  times,
  timesPublic,
} from './group.ts'

/** What one key holder contributed to the key: a polynomial of their own, of which these are the coefficients times G. */
export type Commitments = readonly Point[]

export interface Ceremony {
  readonly key: Point
  readonly commitments: readonly Commitments[]
  /** Secret. The share of holder i+1. */
  readonly shares: readonly bigint[]
}

/**
 * Key ceremony after Pedersen (1991): each of `holders` draws a polynomial of degree threshold-1 and gives every holder its value at the
 * holder's number. The key is the sum of what the polynomials hide; nobody ever puts it together.
 */
export function keyCeremony(holders: number, threshold: number): Ceremony {
  const numbers = Array.from({ length: holders }, (_, i) => BigInt(i + 1))
  const polynomials = numbers.map(() => Array.from({ length: threshold }, randomScalar))
  const commitments = polynomials.map((coefficients) => coefficients.map((c) => times(G, c)))
  const shares = numbers.map((x) => mod(polynomials.reduce((all, p) => all + valueAt(p, x), 0n)))
  return { key: electionKey(commitments), commitments, shares }
}

const valueAt = (coefficients: readonly bigint[], x: bigint): bigint =>
  coefficients.reduceRight((value, coefficient) => mod(value * x + coefficient), 0n)

export const electionKey = (commitments: readonly Commitments[]): Point =>
  sum(commitments.map(([constant]) => constant as Point))

/** The share of a holder times G, as everybody can work it out. Holders count from 1. */
export function verificationKey(commitments: readonly Commitments[], holder: number): Point {
  const x = BigInt(holder)
  return sum(
    commitments.map((own) => own.reduceRight((value, coefficient) => timesPublic(value, x).add(coefficient))),
  )
}

/** A holder's part in opening a ballot: `d` = share times `a`, and the proof that it is (Chaum and Pedersen 1992). */
export interface PartialDecryption {
  readonly d: string
  readonly e: string
  readonly s: string
}

const LABEL = 'kilp-vote decryption'

export function decryptPartially(share: bigint, a: Point): PartialDecryption {
  const d = times(a, share)
  const w = randomScalar()
  const e = challenge(LABEL, times(G, share), a, d, times(G, w), times(a, w))
  return { d: pointToHex(d), e: scalarToHex(e), s: scalarToHex(w + e * share) }
}

/** Whether the same number is behind `d` out of `a` and behind the holder's verification key out of G. Throws `Malformed`. */
export function checkPartial(key: Point, a: Point, d: Point, proof: PartialDecryption): boolean {
  const e = scalarFromHex(proof.e)
  const s = scalarFromHex(proof.s)
  const first = times(G, s).subtract(timesPublic(key, e))
  const second = timesPublic(a, s).subtract(timesPublic(d, e))
  return challenge(LABEL, key, a, d, first, second) === e
}

/** Puts the parts of at least `threshold` different holders together: the key times `a / G` (Lagrange at 0). */
export function combine(parts: readonly { readonly holder: number; readonly d: Point }[]): Point {
  return sum(
    parts.map(({ holder, d }) => {
      const x = BigInt(holder)
      let weight = 1n
      for (const other of parts) {
        const y = BigInt(other.holder)
        if (y !== x) weight = mod(weight * y * inverse(y - x))
      }
      return timesPublic(d, weight)
    }),
  )
}
