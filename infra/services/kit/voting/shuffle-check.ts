import type { Pair } from './ballot.ts'
import { G, generators, mod, type Point, pointFromHex, scalarFromHex, sum, timesPublic } from './group.ts'
import { ballotChallenges, type ShuffleProof, shuffleChallenge } from './shuffle.ts'

/** Whether `output` is `input` re-encrypted in some order, each ballot exactly once. Throws `Malformed` for what is no proof. */
export function checkShuffle(
  key: Point,
  input: readonly Pair[],
  output: readonly Pair[],
  proof: ShuffleProof,
): boolean {
  const n = input.length
  const { c: cHex, chain: chainHex, s, sChain: sChainHex, sOrder: sOrderHex } = Object(proof) as ShuffleProof
  const complete = [output, cHex, chainHex, sChainHex, sOrderHex].every(
    (list) => Array.isArray(list) && list.length === n,
  )
  if (!complete || !Array.isArray(s) || s.length !== 4) return false
  const c = cHex.map(pointFromHex)
  const chain = chainHex.map(pointFromHex)
  const e = scalarFromHex(proof.challenge)
  const [s1, s2, s3, s4] = s.map(scalarFromHex) as [bigint, bigint, bigint, bigint]
  const sChain = sChainHex.map(scalarFromHex)
  const sOrder = sOrderHex.map(scalarFromHex)

  const [h = G, ...hs] = generators(n + 1)
  const u = ballotChallenges(input, output, c, key)
  const product = u.reduce((all, value) => mod(all * value), 1n)
  const weighed = (points: readonly Point[], weights: readonly bigint[]) =>
    sum(points.map((point, i) => timesPublic(point, weights[i] as bigint)))
  const less = (point: Point): Point => timesPublic(point, -e)

  const cBar = sum(c).subtract(sum(hs))
  const chainEnd = (chain[n - 1] ?? h).subtract(timesPublic(h, product))
  const inputA = weighed(
    input.map(({ a }) => a),
    u,
  )
  const inputB = weighed(
    input.map(({ b }) => b),
    u,
  )
  const t = [
    less(cBar).add(timesPublic(G, s1)),
    less(chainEnd).add(timesPublic(G, s2)),
    less(weighed(c, u)).add(timesPublic(G, s3)).add(weighed(hs, sOrder)),
    less(inputA)
      .subtract(timesPublic(G, s4))
      .add(
        weighed(
          output.map(({ a }) => a),
          sOrder,
        ),
      ),
    less(inputB)
      .subtract(timesPublic(key, s4))
      .add(
        weighed(
          output.map(({ b }) => b),
          sOrder,
        ),
      ),
    ...chain.map((link, i) =>
      less(link)
        .add(timesPublic(G, sChain[i] as bigint))
        .add(timesPublic(chain[i - 1] ?? h, sOrder[i] as bigint)),
    ),
  ]
  return shuffleChallenge(key, input, output, c, chain, t) === e
}
