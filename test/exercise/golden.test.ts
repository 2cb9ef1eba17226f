import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import { exerciseView } from '#exercise/views/exercise-view.ts'
import { goldenFile, goldenLedger, goldenViews } from './golden-views.ts'

/** Ledgers of earlier releases, by the number of event types that there were. */
const TYPES = { 'first-light': 32, ground: 38, witness: 39, 'own-means': 42, 'exercise-day': 66 } as const

describe.each(['first-light', 'ground', 'witness', 'own-means', 'exercise-day'] as const)(
  'the golden ledger %s',
  (name) => {
    const ledger = goldenLedger(name)

    test('folds to the views it always had', () => {
      const kept = JSON.parse(readFileSync(goldenFile(`${name}.views.json`), 'utf8'))
      expect(JSON.parse(JSON.stringify(goldenViews(ledger)))).toEqual(kept)
    })

    test('holds every type of event there was when it was recorded, in order and without gaps', () => {
      expect(new Set(ledger.map((event) => event.type)).size).toBe(TYPES[name])
      expect(ledger.map((event) => event.position)).toEqual(ledger.map((_, index) => index + 1))
      for (const [index, event] of ledger.entries())
        expect(event.at).toBeGreaterThanOrEqual(ledger[index - 1]?.at ?? 0)
    })

    test('tells the teams clearly apart', () => {
      const { teams } = exerciseView(fold(ledger), 600_000, { seat: 'guest' })
      expect(teams.map((t) => [t.id, t.rank])).toEqual([
        ['meremaa', 1],
        ['saareke', 2],
        ['laanemets', 3],
      ])
    })
  },
)
