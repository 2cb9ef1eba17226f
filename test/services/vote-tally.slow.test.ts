import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encrypt, writeCipher } from '../../infra/services/kit/voting/ballot.ts'
import { pointToHex, scalarToHex, times } from '../../infra/services/kit/voting/group.ts'
import { checkTally, type Tally } from '../../infra/services/kit/voting/tally-check.ts'
import { keyCeremony } from '../../infra/services/kit/voting/threshold.ts'
import { holdCeremony, openShares } from '../../infra/services/vote/src/key-holders.ts'
import { countDistrict, lastOfEach } from '../../infra/services/vote/src/tally.ts'
import { verifyPublishedTally } from './stock/published-tally.ts'

const { key, shares, commitments } = keyCeremony(5, 3)
const three = [5, 2, 4].map((holder) => ({ holder, share: shares[holder - 1] as bigint }))
const districts = ['1', '2'].map((district) => ({
  district,
  name: `District ${district}`,
  candidates: [1, 2, 3].map((n) => ({ choice: `${district}.10${n}`, name: `Candidate ${n}`, list: 'List' })),
}))

type Mutable<T> = { -readonly [K in keyof T]: Mutable<T[K]> }

interface Cast {
  readonly voter: string
  readonly choice: string
}

/** Everybody votes in the district that their name begins with; the position is the time. */
async function countAll(cast: readonly Cast[]): Promise<Tally> {
  const votes = cast.map(({ voter, choice }, i) => ({
    voter,
    district: voter[0],
    cipher: writeCipher(encrypt(key, choice).cipher),
    at: new Date(1000 + i),
  }))
  const last = lastOfEach(votes)
  const counted = []
  for (const district of districts) {
    const ballots = last.filter((vote) => vote.district === district.district).map(({ cipher }) => cipher)
    counted.push(await countDistrict(district, ballots, key, three))
  }
  const record = {
    threshold: 3,
    key: pointToHex(key),
    commitments: commitments.map((own) => own.map(pointToHex)),
  }
  const replaced = votes.length - last.length
  return { election: 'X', ceremony: record, received: votes.length, replaced, refused: 0, districts: counted }
}

describe('a tally', () => {
  const cast = fc.record({
    voter: fc.constantFrom('1a', '1b', '1c', '2a', '2b'),
    choice: fc.constantFrom('1.101', '1.102', '2.101', '2.103', 'nobody'),
  })

  test('counts the last choice of each voter in their own district, whatever was cast', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(cast, { maxLength: 12 }), async (votes) => {
        const tally = await countAll(votes)
        const last = new Map(votes.map(({ voter, choice }) => [voter, choice]))
        const expected: Record<string, number> = {}
        for (const { choice } of districts.flatMap(({ candidates }) => candidates)) expected[choice] = 0
        let invalid = 0
        for (const [voter, choice] of last)
          if (choice.startsWith(`${voter[0]}.`)) expected[choice] = (expected[choice] ?? 0) + 1
          else invalid += 1
        expect(checkTally(JSON.parse(JSON.stringify(tally)))).toEqual(expected)
        expect(tally.districts.reduce((all, one) => all + one.invalid, 0)).toBe(invalid)
        expect(tally.received - tally.replaced).toBe(last.size)
      }),
      { numRuns: 8 },
    )
  })

  test('does not depend on the order in which votes are read', () => {
    const votes = [3, 1, 2].map((n) => ({ voter: 'a', at: new Date(n), n }))
    for (const read of [votes, votes.toReversed(), votes.toSorted((x, y) => x.n - y.n)])
      expect(lastOfEach(read)).toEqual([{ voter: 'a', at: new Date(3), n: 3 }])
  })

  test('is refused when anything in it was changed', async () => {
    const tally = await countAll([
      { voter: '1a', choice: '1.101' },
      { voter: '1b', choice: '1.102' },
      { voter: '2a', choice: '2.103' },
    ])
    const changed = (change: (copy: Mutable<Tally>) => unknown) => {
      const copy: Mutable<Tally> = JSON.parse(JSON.stringify(tally))
      change(copy)
      return () => checkTally(copy)
    }
    const of = (copy: Mutable<Tally>) => {
      const [district] = copy.districts
      const [ballot] = district?.opened ?? []
      const [part, second] = ballot?.parts ?? []
      if (!district || !ballot || !part || !second) throw new Error('nothing was opened')
      return { district, ballot, part, second }
    }
    expect(checkTally(tally)['1.101']).toBe(1)
    // A verifier that shares no code with the service says the same.
    expect(verifyPublishedTally(tally as never)).toEqual({ '1.101': 1, '1.102': 1, '2.103': 1 })
    const wrongs: Readonly<Record<string, () => unknown>> = {
      counts: changed((copy) => Object.assign(of(copy).district.counts, { '1.103': 1 })),
      'a choice': changed((copy) => Object.assign(of(copy).ballot, { choice: '1.103' })),
      'a ballot left out': changed((copy) => of(copy).district.ballots.pop()),
      'a ballot exchanged': changed((copy) =>
        of(copy).district.ballots.splice(0, 1, writeCipher(encrypt(key, '1.103').cipher)),
      ),
      'a whole district left out': changed((copy) => copy.districts.pop()),
      'one holder too few': changed((copy) => of(copy).ballot.parts.pop()),
      'one holder twice': changed((copy) => of(copy).ballot.parts.splice(0, 1, of(copy).second)),
      'a holder nobody knows': changed((copy) => Object.assign(of(copy).part, { holder: 9 })),
      'a partial decryption': changed((copy) =>
        Object.assign(of(copy).part, { d: pointToHex(times(key, 3n)) }),
      ),
      'the key': changed((copy) => Object.assign(copy.ceremony, { key: pointToHex(times(key, 3n)) })),
      'the number of votes': changed((copy) => Object.assign(copy, { received: 4 })),
    }
    for (const [what, check] of Object.entries(wrongs)) expect(check, what).toThrow()
  })
})

describe('shares', () => {
  const cards = [1, 2, 3, 4, 5].map((holder) => `KEY_HOLDER_${holder}`)
  beforeAll(() => {
    for (const card of cards) process.env[card] = `secret of ${card}`
  })
  afterAll(() => {
    for (const card of cards) delete process.env[card]
  })
  const stored = (sealed: readonly string[]) => ({
    query: async () => ({ rows: sealed.map((text, i) => ({ holder: i + 1, sealed: text })) }),
  })

  test('are sealed for their holders, and any three cards open three of them', async () => {
    const { record, sealed } = holdCeremony('E')
    expect(JSON.stringify(record)).not.toContain('share')
    delete process.env.KEY_HOLDER_1
    delete process.env.KEY_HOLDER_4
    const opened = await openShares(stored(sealed) as never, 'E')
    expect(opened.map(({ holder }) => holder)).toEqual([2, 3, 5])
    for (const { share } of opened) expect(JSON.stringify([record, sealed])).not.toContain(scalarToHex(share))

    delete process.env.KEY_HOLDER_5
    await expect(openShares(stored(sealed) as never, 'E')).rejects.toThrow('2 of 3')
    process.env.KEY_HOLDER_5 = 'another card'
    await expect(openShares(stored(sealed) as never, 'E')).rejects.toThrow()
    await expect(openShares(stored(sealed) as never, 'another election')).rejects.toThrow()
  })
})
