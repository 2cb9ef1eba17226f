import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { random } from '#exercise/random.ts'
import { CATEGORIES } from '#exercise/scenario/words.ts'
import { rescore, sturdiness } from '#exercise/scoring/rescore.ts'
import { better, scoreAt } from '#exercise/scoring/scoring.ts'
import { goldenLedger } from './golden-views.ts'

const END_MS = 600_000
const ledger = goldenLedger('exercise-day')
const state = fold(ledger)
const { scoring } = state.scenario

describe('scoring again', () => {
  test('by the record’s own weights nothing changes, and the record never does', () => {
    const before = JSON.stringify(state.teams)
    for (const { record, other, recordRank, otherRank, team } of rescore(state, END_MS, scoring)) {
      expect(other).toEqual(record)
      expect(otherRank).toBe(recordRank)
      expect(record).toEqual(scoreAt(state, team, END_MS))
    }
    expect(JSON.stringify(state.teams)).toBe(before)
  })
  test('other weights are what an exercise created with them would have given', () => {
    const other = { ...scoring, defence: 0, availability: scoring.availability * 3, slowCredit: 0.1 }
    const created = ledger.map((event) =>
      event.type === 'exercise.created'
        ? { ...event, data: { ...event.data, scenario: { ...event.data.scenario, scoring: other } } }
        : event,
    )
    const again = fold(created)
    const rows = rescore(state, END_MS, other)
    for (const { team, other: score } of rows) expect(score).toEqual(scoreAt(again, team, END_MS))
    expect(rows.some(({ record, other: score }) => record.total !== score.total)).toBe(true)
    expect(rows.map(({ recordRank }) => recordRank)).toEqual([1, 2, 3])
  })
  test('an order that holds at the corners is not broken by any weights in between that are tried', () => {
    const draw = random('weights')
    for (const within of [0.05, 0.2, 0.5]) {
      if (sturdiness(state, END_MS, within).broken) continue
      for (let n = 0; n < 200; n += 1) {
        const weights = Object.fromEntries(
          CATEGORIES.map((one) => [one, scoring[one] * (1 + (draw() * 2 - 1) * within)]),
        )
        const rows = rescore(state, END_MS, { ...scoring, ...weights })
        for (const a of rows)
          for (const b of rows)
            if (a.recordRank < b.recordRank) expect(a.otherRank).toBeLessThanOrEqual(b.otherRank)
      }
    }
    expect(sturdiness(state, END_MS, 0.05).broken).toBeNull()
  })
  test('weights that break an order are named, and do break it', () => {
    // Of two teams one is better at defence alone, so that without the rest it is ahead.
    const { broken } = sturdiness(state, END_MS, 1)
    const [first, ...others] = rescore(state, END_MS, scoring)
    if (!broken) {
      // One is better in everything: then it is ahead under any weights.
      for (const other of others)
        for (const category of CATEGORIES)
          expect(first?.record.categories[category].points).toBeGreaterThanOrEqual(
            other.record.categories[category].points,
          )
      return
    }
    const weights = Object.fromEntries(CATEGORIES.map((one) => [one, scoring[one] * broken.factors[one]]))
    const other = { ...state, scenario: { ...state.scenario, scoring: { ...scoring, ...weights } } }
    const scoreOf = (team: string) => scoreAt(other, team, END_MS)
    expect(better(scoreOf(broken.ahead), scoreOf(broken.behind))).toBeGreaterThan(0)
  })
})
