import { randomInt } from 'node:crypto'
import type { Pair } from './ballot.ts'
import {
  challenge,
  G,
  generators,
  mod,
  type Point,
  pointToHex,
  randomScalar,
  scalarToHex,
  sum,
  times,
  ZERO,
} from './group.ts'

/** Proof that a list of ballots is another list, re-encrypted and in another order. Elements and numbers as hex. */
export interface ShuffleProof {
  /** Commitments to the order, one a ballot. */
  readonly c: readonly string[]
  /** Commitments that chain the challenges, one a ballot. */
  readonly chain: readonly string[]
  readonly challenge: string
  readonly s: readonly [string, string, string, string]
  readonly sChain: readonly string[]
  readonly sOrder: readonly string[]
}

const hexes = (points: readonly Point[]): string => points.map(pointToHex).join()
const both = (pairs: readonly Pair[]): string => pairs.map(({ a, b }) => pointToHex(a) + pointToHex(b)).join()

/** Challenge of each ballot: nobody knows it before the order is committed to. */
export function ballotChallenges(
  input: readonly Pair[],
  output: readonly Pair[],
  c: readonly Point[],
  key: Point,
): readonly bigint[] {
  const root = scalarToHex(challenge('kilp-vote shuffle ballots', key, both(input), both(output), hexes(c)))
  return input.map((_, i) => challenge('kilp-vote shuffle ballot', root, String(i)))
}

/** Challenge over everything that was committed to. `t` in the order t1, t2, t3, t4a, t4b, then the chain's. */
export const shuffleChallenge = (
  key: Point,
  input: readonly Pair[],
  output: readonly Pair[],
  c: readonly Point[],
  chain: readonly Point[],
  t: readonly Point[],
): bigint => challenge('kilp-vote shuffle', key, both(input), both(output), hexes(c), hexes(chain), hexes(t))

/**
 * Re-encrypts ballots and puts them in a random order, with the proof of Terelius and Wikström (2010) in the form that Haenni, Locher, Koenig and
 * Dubuis give it (Pseudo-Code Algorithms for Verifiable Re-Encryption Mix-Nets, 2017). About eleven multiplications a ballot.
 */
export function shuffle(
  key: Point,
  input: readonly Pair[],
): { readonly output: readonly Pair[]; readonly proof: ShuffleProof } {
  const n = input.length
  const order = randomOrder(n)
  const fresh = input.map(randomScalar)
  const output = order.map((j) => reencrypt(key, input[j] as Pair, fresh[j] as bigint))

  const [h = G, ...hs] = generators(n + 1)
  const r = input.map(randomScalar)
  const c: Point[] = input.map(() => ZERO)
  order.forEach((j, i) => {
    c[j] = times(G, r[j] as bigint).add(hs[i] as Point)
  })
  const u = ballotChallenges(input, output, c, key)
  const ordered = order.map((j) => u[j] as bigint)
  const rChain = input.map(randomScalar)
  const chain: Point[] = []
  for (let i = 0; i < n; i++)
    chain.push(times(G, rChain[i] as bigint).add(times(chain[i - 1] ?? h, ordered[i] as bigint)))

  // What the chain's randomness adds up to in its last link.
  let rLast = 0n
  for (let i = 0; i < n; i++) rLast = mod(rLast * (ordered[i] as bigint) + (rChain[i] as bigint))

  const [w1, w2, w3, w4] = [randomScalar(), randomScalar(), randomScalar(), randomScalar()] as const
  const wChain = input.map(randomScalar)
  const wOrder = input.map(randomScalar)
  const weighed = (points: readonly Point[]) => sum(points.map((p, i) => times(p, wOrder[i] as bigint)))
  const t = [
    times(G, w1),
    times(G, w2),
    times(G, w3).add(weighed(hs)),
    weighed(output.map(({ a }) => a)).subtract(times(G, w4)),
    weighed(output.map(({ b }) => b)).subtract(times(key, w4)),
    ...wChain.map((w, i) => times(G, w).add(times(chain[i - 1] ?? h, wOrder[i] as bigint))),
  ]
  const e = shuffleChallenge(key, input, output, c, chain, t)
  const scalarProduct = (values: readonly bigint[]) =>
    mod(values.reduce((all, value, i) => all + value * (u[i] as bigint), 0n))
  const answer = (w: bigint, secret: bigint) => scalarToHex(w + e * secret)
  return {
    output,
    proof: {
      c: c.map(pointToHex),
      chain: chain.map(pointToHex),
      challenge: scalarToHex(e),
      s: [
        answer(
          w1,
          r.reduce((all, value) => all + value, 0n),
        ),
        answer(w2, rLast),
        answer(w3, scalarProduct(r)),
        answer(w4, scalarProduct(fresh)),
      ],
      sChain: wChain.map((w, i) => answer(w, rChain[i] as bigint)),
      sOrder: wOrder.map((w, i) => answer(w, ordered[i] as bigint)),
    },
  }
}

export const reencrypt = (key: Point, { a, b }: Pair, r: bigint): Pair => ({
  a: a.add(times(G, r)),
  b: b.add(times(key, r)),
})

/** Fisher-Yates with the system's randomness. */
function randomOrder(n: number): readonly number[] {
  const order = Array.from({ length: n }, (_, i) => i)
  for (let i = n - 1; i > 0; i--) {
    const j = randomInt(i + 1)
    ;[order[i], order[j]] = [order[j] as number, order[i] as number]
  }
  return order
}
