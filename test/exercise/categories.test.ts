import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold } from '#exercise/fold/evolve.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import { scenarioTrouble } from '#exercise/scenario/scenario-trouble.ts'
import { CATEGORIES } from '#exercise/scenario/words.ts'
import { CATEGORY_RULES, SCORE_CODES } from '#exercise/scoring/categories.ts'
import { explain } from '#exercise/scoring/explain.ts'
import { scoreAt } from '#exercise/scoring/scoring.ts'
import { livedInScenario, madeScenario } from './made-scenario.ts'
import { randomExercise } from './random-exercise.ts'
import { finish, runningRun } from './run.ts'

describe('the table of categories', () => {
  test('what nobody gives points to is not scored, and one category has the points that can not be earned', () => {
    expect(CATEGORIES.reduce((sum, category) => sum + CATEGORY_RULES[category].usualPoints, 0)).toBe(10_000)
    expect(CATEGORIES.filter((category) => CATEGORY_RULES[category].takesIdle)).toEqual(['availability'])
  })

  test('every line has a code that its category names', () => {
    const met = new Set<string>()
    fc.assert(
      fc.property(randomExercise, (run) => {
        for (const { id } of run.state.teams)
          for (const { code } of explain(run.state, id, run.state.atMs)) met.add(code)
      }),
      { numRuns: 40 },
    )
    expect(SCORE_CODES).toEqual(expect.arrayContaining([...met]))
    expect(met.size).toBeGreaterThan(10)
  })

  test('a category that there was not when a ledger began has no points in it', () => {
    const run = runningRun(livedInScenario)
    finish(run)
    const older = run.ledger.map((event): Recorded => {
      if (event.type !== 'exercise.created') return event
      const { usability: _, ...scoring } = livedInScenario.scoring
      return { ...event, data: { ...event.data, scenario: { ...livedInScenario, scoring } } } as Recorded
    })
    const score = scoreAt(fold(older), 'meremaa', livedInScenario.durationMs)
    expect(score.categories.usability).toEqual({ points: 0, possible: 0 })
    expect(score.possible).toBe(livedInScenario.scoring.availability)
  })

  test.each(CATEGORIES)('%s can not be worth less than nothing', (category) => {
    const scoring = { ...madeScenario.scoring, [category]: -1 }
    expect(scenarioTrouble({ ...madeScenario, scoring })).toBe('A number of points is negative.')
  })
})
