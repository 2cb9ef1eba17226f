import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { redact } from '../../server/exercise/ledger/audience.ts'
import { RULES, RULES_VERSION, rulesOf } from '../../server/exercise/ledger/rules.ts'
import { CATEGORIES } from '../../server/exercise/scenario/words.ts'
import { RULE_TEXT_CODES, ruleTexts } from '../../server/exercise/views/rule-texts.ts'
import { demoScenario } from '../kit/demo-scenario.ts'

const SCORING = join(import.meta.dirname, '../../server/exercise/scoring')
const rules = rulesOf({ rulesVersion: RULES_VERSION })
/** Every category has points, and something to earn them with. */
const whole = {
  ...demoScenario,
  injectWeights: { reporting: 1, forensics: 1, strategic: 1 },
  scoring: { ...demoScenario.scoring, usability: 500, reporting: 500, forensics: 500, strategic: 500 },
}

test('every rule that a line of the score quotes has its text, and every text is said by some rule', () => {
  const quoted = readdirSync(SCORING).flatMap((file) =>
    [...readFileSync(join(SCORING, file), 'utf8').matchAll(/rule: '(SC\d+)'/g)].map(([, rule]) => rule),
  )
  expect(quoted.length).toBeGreaterThan(8)
  const texts = ruleTexts(whole, rules)
  expect(quoted.filter((rule) => !texts.some((text) => text.rule === rule))).toEqual([])
  const free = { ...whole, scoring: { ...whole.scoring, hintCosts: [0, 0, 0] as const } }
  const said = [...texts, ...ruleTexts(free, rules)].map(({ code }) => code)
  expect(RULE_TEXT_CODES.filter((code) => !said.includes(code))).toEqual([])
})

test('SPEC.md has every rule that a text names', () => {
  const spec = readFileSync(join(SCORING, '../SPEC.md'), 'utf8')
  for (const { rule } of ruleTexts(whole, rules)) expect(spec).toContain(`**[${rule}]`)
})

test('numbers are the scenario’s own, and a category without points is not spoken of', () => {
  const texts = ruleTexts(demoScenario, rules)
  const { scoring } = demoScenario
  expect(texts.find(({ code }) => code === 'defence.loses')?.params).toEqual({
    atOnceShare: RULES[RULES_VERSION]?.landedLoss,
    zeroMs: scoring.recoveryZeroMs,
  })
  expect(texts.find(({ code }) => code === 'availability.loses')?.params).toEqual({
    slowShare: scoring.slowCredit,
    brokenShare: scoring.brokenCredit,
  })
  const counted = CATEGORIES.filter((category) => scoring[category] > 0)
  expect([...new Set(texts.flatMap(({ category }) => category ?? []))]).toEqual(counted)
  const points = (code: string) => texts.find((text) => text.code === code)?.params.budgetPoints
  expect(points('defence.earns')).toBe(scoring.defence)
})

test('where nothing attacks, its points are said to be those of availability', () => {
  const calm = { ...demoScenario, attacks: [] }
  const texts = ruleTexts(calm, rules)
  const { availability, defence, recovery } = demoScenario.scoring
  expect(texts.find(({ code }) => code === 'availability.earns')?.params.budgetPoints).toBeGreaterThanOrEqual(
    availability + defence + recovery,
  )
})

test('a team reads the same as white', () => {
  const created = {
    type: 'exercise.created',
    version: 1,
    at: 0,
    position: 1,
    wall: 0,
    data: { scenario: demoScenario, teams: [] },
  } as unknown as Parameters<typeof redact>[0]
  for (const audience of [{ seat: 'blue', team: 'x' }, { seat: 'guest' }] as const) {
    const seen = redact(created, audience)?.data as { scenario: typeof demoScenario }
    expect(ruleTexts(seen.scenario, rules)).toEqual(ruleTexts(demoScenario, rules))
  }
})
