import { describe, expect, test } from 'vitest'
import type { Attack, Scenario } from '#exercise/scenario/model.ts'
import { freezeWorthMs, neededSpreadMs, PATIENCE_MS } from '#exercise/schedule/freeze.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { attack, madeScenario } from './made-scenario.ts'
import { attacked, runningRun, seen } from './run.ts'

/** One attack on the tax service, which nothing needs: 3 of 7 parts of availability, and nobody's usability. */
const single: Scenario = { ...madeScenario, attacks: [attack('only', 'tax/refund-iban', 60_000)] }
const only = single.attacks[0] as Attack
const worth = (scenario: Scenario, one = scenario.attacks[0] as Attack) => freezeWorthMs(scenario, one) ?? 0

describe('what a freeze is worth', () => {
  test('is as long as it loses what a landing costs at once, in the score itself', () => {
    const run = (alive: boolean) => {
      const one = runningRun(single)
      if (alive) attacked(one, 'meremaa', 'only', 'landed', 60_000)
      else seen(one, 'meremaa', 'tax/alive', 'down', 60_000)
      return one
    }
    // The share that a landing takes at once, of an attack that is all of the defence.
    const { defence } = scoreAt(run(true).state, 'meremaa', 60_000).categories
    const lost = defence.possible - defence.points
    expect(lost).toBeCloseTo(0.6 * single.scoring.defence, 1)
    const until = 60_000 + worth(single)
    const { availability } = scoreAt(run(false).state, 'meremaa', until).categories
    expect(availability.possible - availability.points).toBeCloseTo(lost, -1)
  })

  test('is shorter for what others need and more people use, and for an attack that is worth less', () => {
    const of = (weakness: string, more: Partial<Scenario> = {}) =>
      worth({ ...single, ...more, attacks: [attack('only', weakness, 60_000)] })
    const database: Scenario = {
      ...single,
      weaknesses: [
        { ...madeScenario.weaknesses[0], id: 'registry-db/x', service: 'registry-db' },
      ] as Scenario['weaknesses'],
    }
    expect(of('registry-db/x', database)).toBeLessThan(of('tax/refund-iban') / 2)
    const missed = { ...single.scoring, usability: 700, availability: 4_300 }
    expect(of('tax/refund-iban', { scoring: missed })).toBeLessThan(of('tax/refund-iban'))
    const two = { ...single, attacks: [only, attack('other', 'portal/stored-script', 90_000, 3)] }
    expect(worth(two)).toBeCloseTo(worth(single) / 4, 5)
  })

  test('asks for a spread of what the patience of attackers does not make up for; for none where nobody misses the service', () => {
    expect(neededSpreadMs(single, only)).toBeCloseTo(worth(single) - PATIENCE_MS, 5)
    const cheap = { ...single, scoring: { ...single.scoring, availability: 7_900, defence: 100 } }
    expect(worth(cheap)).toBeLessThan(PATIENCE_MS)
    expect(neededSpreadMs(cheap, only)).toBe(0)
    const unmissed = {
      ...single,
      services: single.services.map((one) => (one.id === 'tax' ? { ...one, weight: 0 } : one)),
    }
    expect(freezeWorthMs(unmissed, only)).toBeNull()
    expect(neededSpreadMs(unmissed, only)).toBe(0)
  })
})
