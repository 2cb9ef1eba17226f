import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodeChoice,
  encodeChoice,
  encrypt,
  openWithRandomness,
  type Pair,
  readCipher,
  writeCipher,
} from '../../infra/services/kit/voting/ballot.ts'
import {
  G,
  Malformed,
  ORDER,
  pointFromHex,
  pointToHex,
  randomScalar,
  scalarFromHex,
  scalarToHex,
  times,
} from '../../infra/services/kit/voting/group.ts'
import { shuffle } from '../../infra/services/kit/voting/shuffle.ts'
import { checkShuffle } from '../../infra/services/kit/voting/shuffle-check.ts'
import {
  checkPartial,
  combine,
  decryptPartially,
  keyCeremony,
  verificationKey,
} from '../../infra/services/kit/voting/threshold.ts'

const ceremony = keyCeremony(5, 3)
const { key, shares, commitments } = ceremony
const share = (holder: number) => shares[holder - 1] as bigint
const runs = { numRuns: 12 }

/** All ways to take `count` of 1..5. */
const subsets = (count: number): readonly (readonly number[])[] => {
  const from = (least: number, left: number): number[][] =>
    left === 0
      ? [[]]
      : [1, 2, 3, 4, 5]
          .filter((n) => n >= least)
          .flatMap((n) => from(n + 1, left - 1).map((rest) => [n, ...rest]))
  return from(1, count)
}

const openBy = (holders: readonly number[], { a, b }: Pair): string | null => {
  const parts = holders.map((holder) => ({ holder, d: pointFromHex(decryptPartially(share(holder), a).d) }))
  return decodeChoice(b.subtract(combine(parts)))
}

describe('ballots', () => {
  const short = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => Buffer.byteLength(text) <= 29 && text.isWellFormed())

  test('a choice is a group element and back', () => {
    fc.assert(fc.property(short, (text) => decodeChoice(encodeChoice(text)) === text))
    for (const bad of ['', 'x'.repeat(30), 'õ'.repeat(15)]) expect(() => encodeChoice(bad)).toThrow(Malformed)
  })

  test('an element that encodes no choice gives none', () => {
    for (let i = 0; i < 50; i++) expect(decodeChoice(times(G, randomScalar()))).toBeNull()
  })

  test('only the randomness of a ballot opens it', () => {
    const one = encrypt(key, '1.101')
    const other = encrypt(key, '1.101')
    expect(writeCipher(one.cipher)).not.toEqual(writeCipher(other.cipher))
    expect(openWithRandomness(key, one.cipher, one.randomness)).toBe('1.101')
    expect(() => openWithRandomness(key, one.cipher, other.randomness)).toThrow('randomness')
    expect(() => openWithRandomness(times(key, 2n), one.cipher, one.randomness)).toThrow('no choice')
  })

  test('what is no element or number is refused', () => {
    const good = writeCipher(encrypt(key, '1.101').cipher)
    expect(writeCipher(readCipher(good))).toEqual(good)
    const bad = [
      null,
      {},
      { ...good, a: 'ff'.repeat(32) },
      { ...good, b: 5 },
      { ...good, a: '00'.repeat(32) },
    ]
    for (const value of [...bad, { ...good, a: good.a.toUpperCase() }, { a: good.a }])
      expect(() => readCipher(value), JSON.stringify(value)).toThrow(Malformed)
    expect(() => scalarFromHex(ORDER.toString(16).padStart(64, '0'))).toThrow(Malformed)
  })
})

describe('key holders', () => {
  test('every three of five open a ballot, and no two', () => {
    const { cipher } = encrypt(key, '3.104')
    for (const holders of subsets(3)) expect(openBy(holders, cipher), holders.join()).toBe('3.104')
    for (const holders of subsets(2)) expect(openBy(holders, cipher), holders.join()).toBeNull()
    expect(openBy([1, 2, 3, 4, 5], cipher)).toBe('3.104')
  })

  test('the public record gives each holder a verification key, and the proof holds for that holder only', () => {
    const { a } = encrypt(key, '1.101').cipher
    for (const holder of [1, 2, 3, 4, 5]) {
      const own = verificationKey(commitments, holder)
      expect(pointToHex(own)).toBe(pointToHex(times(G, share(holder))))
      const proof = decryptPartially(share(holder), a)
      expect(checkPartial(own, a, pointFromHex(proof.d), proof)).toBe(true)
      expect(
        checkPartial(verificationKey(commitments, (holder % 5) + 1), a, pointFromHex(proof.d), proof),
      ).toBe(false)
      expect(checkPartial(own, a, times(a, 2n), proof)).toBe(false)
      expect(checkPartial(own, a, pointFromHex(proof.d), { ...proof, s: scalarToHex(1n) })).toBe(false)
    }
  })
})

describe('mixing', () => {
  const box = (n: number): readonly Pair[] =>
    Array.from({ length: n }, (_, i) => encrypt(key, `1.${101 + i}`).cipher)
  const open = (ballots: readonly Pair[]) => ballots.map((ballot) => openBy([1, 3, 5], ballot)).toSorted()

  test('the same choices come out, no ballot looks the same, and the proof holds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), (n) => {
        const input = box(n)
        const { output, proof } = shuffle(key, input)
        expect(open(output)).toEqual(open(input))
        const before = new Set(input.map(({ a }) => pointToHex(a)))
        expect(output.some(({ a }) => before.has(pointToHex(a)))).toBe(false)
        expect(checkShuffle(key, input, output, proof)).toBe(true)
      }),
      runs,
    )
  })

  test('a ballot that is swapped, doubled, left out or added breaks the proof', () => {
    const input = box(4)
    const { output, proof } = shuffle(key, input)
    const [first, second, ...rest] = output as [Pair, Pair, ...Pair[]]
    const foreign = encrypt(key, '1.199').cipher
    const lists: Readonly<Record<string, readonly Pair[]>> = {
      swapped: [foreign, second, ...rest],
      doubled: [second, second, ...rest],
      'left out': [second, ...rest],
      added: [...output, foreign],
      'in another order': [second, first, ...rest],
    }
    for (const [what, list] of Object.entries(lists))
      expect(checkShuffle(key, input, list, proof), what).toBe(false)
    expect(checkShuffle(key, [foreign, ...input.slice(1)], output, proof)).toBe(false)
    expect(checkShuffle(times(key, 2n), input, output, proof)).toBe(false)
  })

  test('no part of the proof can be changed', () => {
    const input = box(3)
    const { output, proof } = shuffle(key, input)
    const point = pointToHex(times(G, 7n))
    const scalar = scalarToHex(7n)
    const replaced = (list: readonly string[], at: number, by: string) => list.toSpliced(at, 1, by)
    for (const at of [0, 1, 2]) {
      expect(checkShuffle(key, input, output, { ...proof, c: replaced(proof.c, at, point) })).toBe(false)
      expect(checkShuffle(key, input, output, { ...proof, chain: replaced(proof.chain, at, point) })).toBe(
        false,
      )
      expect(checkShuffle(key, input, output, { ...proof, sChain: replaced(proof.sChain, at, scalar) })).toBe(
        false,
      )
      expect(checkShuffle(key, input, output, { ...proof, sOrder: replaced(proof.sOrder, at, scalar) })).toBe(
        false,
      )
    }
    for (const at of [0, 1, 2, 3]) {
      const s = replaced(proof.s, at, scalar) as unknown as typeof proof.s
      expect(checkShuffle(key, input, output, { ...proof, s })).toBe(false)
    }
    expect(checkShuffle(key, input, output, { ...proof, challenge: scalar })).toBe(false)
    expect(checkShuffle(key, input, output, { ...proof, c: [] })).toBe(false)
  })
})
