import { createHash } from 'node:crypto'
import { ristretto255, ristretto255_hasher } from '../../../infra/node_modules/@noble/curves/ed25519.js'

/**
 * A verifier of published tallies written from the service's README alone: it shares no code with the service. Gives the number of votes of each choice;
 * throws naming the first thing that does not hold.
 */
type Point = InstanceType<typeof ristretto255.Point>
interface Ballot {
  readonly a: string
  readonly b: string
}
export interface PublishedTally {
  readonly received: number
  readonly replaced: number
  readonly refused: number
  readonly ceremony: { readonly threshold: number; readonly key: string; readonly commitments: string[][] }
  readonly districts: readonly {
    readonly ballots: readonly Ballot[]
    readonly mixed: readonly Ballot[]
    readonly proof: {
      readonly c: string[]
      readonly chain: string[]
      readonly challenge: string
      readonly s: string[]
      readonly sChain: string[]
      readonly sOrder: string[]
    }
    readonly opened: readonly {
      readonly choice: string | null
      readonly parts: readonly {
        readonly holder: number
        readonly d: string
        readonly e: string
        readonly s: string
      }[]
    }[]
    readonly counts: Readonly<Record<string, number>>
  }[]
}

const { BASE, ZERO, Fn } = ristretto255.Point
const q = Fn.ORDER
const point = (hex: string): Point => ristretto255.Point.fromHex(hex)
const number = (hex: string): bigint => BigInt(`0x${hex}`)
const hex = (n: bigint): string => n.toString(16).padStart(64, '0')
const positive = (n: bigint): bigint => ((n % q) + q) % q
const by = (p: Point, n: bigint): Point => (positive(n) === 0n ? ZERO : p.multiplyUnsafe(positive(n)))
const total = (points: readonly Point[]): Point => points.reduce((all, p) => all.add(p), ZERO)

function hashed(...parts: readonly string[]): bigint {
  const chunks = parts.flatMap((part) => {
    const text = Buffer.from(part, 'utf8')
    const size = Buffer.alloc(4)
    size.writeUInt32BE(text.length)
    return [size, text]
  })
  return positive(number(createHash('sha512').update(Buffer.concat(chunks)).digest('hex')))
}

const generator = (i: number): Point =>
  ristretto255_hasher.hashToCurve(Buffer.from(`kilp-vote generator ${i}`)) as Point

export function verifyPublishedTally(tally: PublishedTally): Readonly<Record<string, number>> {
  const { commitments, key, threshold } = tally.ceremony
  const K = total(commitments.map(([constant = '']) => point(constant)))
  if (K.toHex() !== key) throw new Error('key')
  const holderKey = (holder: number): Point =>
    total(commitments.flatMap((own) => own.map((c, power) => by(point(c), BigInt(holder) ** BigInt(power)))))
  const result: Record<string, number> = {}
  let opened = 0
  for (const district of tally.districts) {
    mixing(K, district)
    district.mixed.forEach((ballot, i) => {
      const { parts, choice } = district.opened[i] ?? { parts: [], choice: null }
      if (new Set(parts.map(({ holder }) => holder)).size < threshold) throw new Error('holders')
      for (const part of parts) decryption(holderKey(part.holder), ballot.a, part)
      const mask = total(
        parts.map(({ holder, d }) => {
          const others = parts.map((other) => BigInt(other.holder)).filter((x) => x !== BigInt(holder))
          const weight = others.reduce((w, x) => positive(w * x * Fn.inv(positive(x - BigInt(holder)))), 1n)
          return by(point(d), weight)
        }),
      )
      const bytes = Buffer.from(point(ballot.b).subtract(mask).toHex(), 'hex')
      const text = bytes.subarray(2, 2 + (bytes[1] ?? 0)).toString('utf8')
      if (text !== choice) throw new Error('choice')
      result[text] = (result[text] ?? 0) + 1
      opened += 1
    })
    for (const [choice, votes] of Object.entries(district.counts))
      if ((result[choice] ?? 0) !== votes) throw new Error('counts')
  }
  if (opened !== tally.received - tally.replaced - tally.refused) throw new Error('number of ballots')
  return result
}

/** s G - e Y and s a - e d must give the challenge again. */
function decryption(
  Y: Point,
  a: string,
  part: { readonly d: string; readonly e: string; readonly s: string },
): void {
  const [e, s] = [number(part.e), number(part.s)]
  const first = by(BASE, s).subtract(by(Y, e))
  const second = by(point(a), s).subtract(by(point(part.d), e))
  if (hashed('kilp-vote decryption', Y.toHex(), a, part.d, first.toHex(), second.toHex()) !== e)
    throw new Error('decryption')
}

function mixing(K: Point, { ballots, mixed, proof }: PublishedTally['districts'][number]): void {
  const n = ballots.length
  const lists = [mixed, proof.c, proof.chain, proof.sChain, proof.sOrder]
  if (lists.some((list) => list.length !== n)) throw new Error('mixing: sizes')
  const flat = (list: readonly Ballot[]) => list.map(({ a, b }) => a + b).join(',')
  const [before, after, c, chain] = [flat(ballots), flat(mixed), proof.c.join(','), proof.chain.join(',')]
  const root = hex(hashed('kilp-vote shuffle ballots', K.toHex(), before, after, c))
  const u = ballots.map((_, i) => hashed('kilp-vote shuffle ballot', root, String(i)))
  const h = generator(0)
  const hs = ballots.map((_, i) => generator(i + 1))
  const e = number(proof.challenge)
  const [s1, s2, s3, s4] = proof.s.map(number) as [bigint, bigint, bigint, bigint]
  const order = proof.sOrder.map(number)
  const weighed = (points: readonly Point[], weights: readonly bigint[]) =>
    total(points.map((p, i) => by(p, weights[i] ?? 0n)))
  const C = proof.c.map(point)
  const links = proof.chain.map(point)
  const product = u.reduce((all, one) => positive(all * one), 1n)
  const part = (list: readonly Ballot[], which: 'a' | 'b') => list.map((ballot) => point(ballot[which]))
  const t = [
    by(BASE, s1).subtract(by(total(C).subtract(total(hs)), e)),
    by(BASE, s2).subtract(by((links.at(-1) ?? h).subtract(by(h, product)), e)),
    by(BASE, s3)
      .add(weighed(hs, order))
      .subtract(by(weighed(C, u), e)),
    weighed(part(mixed, 'a'), order)
      .subtract(by(BASE, s4))
      .subtract(by(weighed(part(ballots, 'a'), u), e)),
    weighed(part(mixed, 'b'), order)
      .subtract(by(K, s4))
      .subtract(by(weighed(part(ballots, 'b'), u), e)),
    ...links.map((link, i) =>
      by(BASE, number(proof.sChain[i] ?? ''))
        .add(by(links[i - 1] ?? h, order[i] ?? 0n))
        .subtract(by(link, e)),
    ),
  ]
  const seen = t.map((p) => p.toHex()).join(',')
  if (hashed('kilp-vote shuffle', K.toHex(), before, after, c, chain, seen) !== e) throw new Error('mixing')
}
