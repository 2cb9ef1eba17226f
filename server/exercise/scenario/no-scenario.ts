import type { Scenario } from './model.ts'
import { perCategory } from './per-category.ts'
import type { Text } from './words.ts'

export const noText: Text = { en: '', et: '', ja: '' }

/** Before there is one. */
export const noScenario: Scenario = {
  slug: '',
  title: noText,
  summary: noText,
  durationMs: 0,
  population: 0,
  aliveEveryMs: 0,
  services: [],
  citizens: { visitsPerMinute: 0, personas: [] },
  weaknesses: [],
  attacks: [],
  phases: [],
  tutor: [],
  injects: [],
  world: [],
  objectives: [],
  scoring: {
    ...perCategory(() => 0),
    slowCredit: 0,
    brokenCredit: 0,
    recoveryFullMs: 0,
    recoveryZeroMs: 0,
    answerWithinMs: 0,
    answerHoldsMs: 0,
    hintCosts: [0, 0, 0],
    reportWithinMs: 0,
  },
}
