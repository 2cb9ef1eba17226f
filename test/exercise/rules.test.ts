import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { attackOf, initialState, teamOf } from '#exercise/fold/state.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import { RULES, RULES_VERSION, type RulesTable, rulesOf } from '#exercise/ledger/rules.ts'
import { upcast } from '#exercise/ledger/upcast.ts'
import { explain } from '#exercise/scoring/explain.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { goldenFile, goldenLedger } from './golden-views.ts'

const END = 600_000
/** Rules of a day to come, beside those of today. */
const LATER = RULES_VERSION + 1
const table: RulesTable = {
  ...RULES,
  [LATER]: { ...rulesOf({ rulesVersion: 1 }), landedLoss: 0.9, attempts: 3 },
}

const createdUnder = (ledger: readonly Recorded[], rulesVersion: number): readonly Recorded[] =>
  ledger.map(
    (event) =>
      (event.type === 'exercise.created'
        ? { ...event, data: { ...event.data, rulesVersion } }
        : event) as Recorded,
  )

describe('rules by version', () => {
  const ledger = goldenLedger('first-light')
  const kept = JSON.parse(readFileSync(goldenFile('first-light.views.json'), 'utf8'))['white at 600 s']
    .exercise.teams as { id: string; score: unknown }[]

  test('version 1 is what it was: change nothing here, exercises are scored by it', () => {
    expect(RULES[1]).toEqual({
      quantum: 1024,
      landedLoss: 0.6,
      attempts: 2,
      personaParts: 1_000_000,
      answerHoldsOnce: false,
      closedSinceSeen: false,
      lateKeeps: 0.5,
    })
  })

  test('a ledger of version 1 keeps its scores when there are later ones', () => {
    const state = fold(ledger)
    expect(state.rulesVersion).toBe(1)
    for (const { id, score } of kept) expect(scoreAt(state, id, END, table)).toEqual(score)
  })

  test('the same facts under a later version are worth what that says', () => {
    const [older, newer] = [fold(ledger), fold(createdUnder(ledger, LATER), initialState, table)]
    for (const { id } of kept) {
      const landed = explain(older, id, END, { seat: 'white' }, table).filter(({ rule }) => rule === 'SC7')
      expect(landed.length).toBeGreaterThan(0)
      const lines = explain(newer, id, END, { seat: 'white' }, table)
      for (const line of landed) {
        const now = lines.find((other) => other.id === line.id)
        expect(now?.possible).toBe(line.possible)
        expect(now?.points).toBeCloseTo(line.points / 4, 2)
      }
      const sum = lines.reduce((total, line) => total + line.points, 0)
      expect(scoreAt(newer, id, END, table).total).toBe(sum)
      expect(sum).toBeLessThan(scoreAt(older, id, END, table).total)
    }
  })

  test('the fold asks them too: what is void after two attempts under one is tried again under the other', () => {
    const stateUnder = (version: number) => {
      const state = fold(createdUnder(ledger, version), initialState, table)
      return attackOf(teamOf(state, 'meremaa'), 'wave-4')?.state
    }
    expect([stateUnder(1), stateUnder(LATER)]).toEqual(['void', 'abandoned'])
  })

  test('a new exercise is created under the newest', () => {
    expect(Math.max(...Object.keys(RULES).map(Number))).toBe(RULES_VERSION)
  })

  test('rules that this Kilp does not know are refused on read, and the sentence says which Kilp is needed', () => {
    const [created] = createdUnder(ledger, LATER)
    if (!created) throw new Error('the golden ledger is empty')
    expect(() => upcast(created)).toThrow(
      `scored by version ${LATER} of the rules, and this Kilp knows versions up to ${RULES_VERSION}. Open it with a Kilp that knows version ${LATER}`,
    )
  })
})
