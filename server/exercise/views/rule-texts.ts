import type { Rules } from '../ledger/rules.ts'
import type { Scenario } from '../scenario/model.ts'
import { CATEGORIES, type Category } from '../scenario/words.ts'
import { budgetsOf } from '../scoring/categories.ts'
import { revertCostOf } from '../scoring/revert-cost.ts'

/** Everything that is said of how points are made; viewers prefix it `rules.`. */
export const RULE_TEXT_CODES = [
  'share',
  'void',
  'adjusted',
  'availability.earns',
  'availability.loses',
  'defence.earns',
  'defence.loses',
  'defence.hints',
  'defence.freeHints',
  'recovery.earns',
  'recovery.loses',
  'usability.earns',
  'usability.loses',
  'messages.earns',
  'messages.loses',
  'messages.graders',
  'reports.earns',
  'reports.loses',
  'questions.earns',
  'defence.reverts',
] as const
export type RuleTextCode = (typeof RULE_TEXT_CODES)[number]

/** A paragraph of the rules in plain words. */
export interface RuleText {
  /** Of SPEC.md, e.g. `SC7`: lines of the score quote it. */
  readonly rule: string
  /** Null: it holds for all. */
  readonly category: Category | null
  readonly code: RuleTextCode
  /** This exercise's own numbers: names end in `Ms` (a duration), `Share` (0..1) or `Points`. */
  readonly params: Readonly<Record<string, number>>
}

/**
 * How points are made in an exercise, as paragraphs for those who play it: of each category that has points, what earns and what loses them. Pure, and the same from a
 * redacted scenario.
 */
export function ruleTexts(scenario: Scenario, rules: Rules): readonly RuleText[] {
  const budgets = budgetsOf(scenario)
  return [
    text('SC11', null, 'share'),
    ...CATEGORIES.filter((category) => budgets[category] > 0).flatMap((category) =>
      TEXTS[category](scenario, rules, budgets[category]),
    ),
    text('SC12', null, 'void'),
    text('SC10', null, 'adjusted'),
  ]
}

const text = (
  rule: string,
  category: Category | null,
  code: RuleTextCode,
  params: RuleText['params'] = {},
): RuleText => ({ rule, category, code, params })

type Texts = (scenario: Scenario, rules: Rules, budgetPoints: number) => readonly RuleText[]

const messages =
  (category: Category): Texts =>
  (_, rules, budgetPoints) => [
    text('SC20', category, 'messages.earns', { budgetPoints }),
    text('SC20', category, 'messages.loses', { lateShare: rules.lateKeeps }),
    text('SC21', category, 'messages.graders'),
  ]

/** A category without a text does not compile. */
const TEXTS: Readonly<Record<Category, Texts>> = {
  availability: ({ scoring, durationMs }, _, budgetPoints) => [
    text('SC3', 'availability', 'availability.earns', { budgetPoints, durationMs }),
    text('SC5', 'availability', 'availability.loses', {
      slowShare: scoring.slowCredit,
      brokenShare: scoring.brokenCredit,
    }),
  ],
  defence: ({ scoring }, rules, budgetPoints) => [
    text('SC6', 'defence', 'defence.earns', { budgetPoints }),
    text('SC7', 'defence', 'defence.loses', {
      atOnceShare: rules.landedLoss,
      zeroMs: scoring.recoveryZeroMs,
    }),
    hints(scoring.hintCosts),
    text('SC25', 'defence', 'defence.reverts', { costPoints: revertCostOf(scoring) }),
  ],
  recovery: ({ scoring }, _, budgetPoints) => [
    text('SC9', 'recovery', 'recovery.earns', { budgetPoints, fullMs: scoring.recoveryFullMs }),
    text('SC9', 'recovery', 'recovery.loses', { zeroMs: scoring.recoveryZeroMs }),
  ],
  usability: ({ scoring }, _, budgetPoints) => [
    text('SC13', 'usability', 'usability.earns', { budgetPoints }),
    text('SC13', 'usability', 'usability.loses', {
      answerMs: scoring.answerWithinMs,
      holdsMs: scoring.answerHoldsMs,
    }),
  ],
  reporting: (...of) => [...messages('reporting')(...of), ...reports(of[0], of[1])],
  forensics: (...of) => [...messages('forensics')(...of), ...questions(of[1])],
  strategic: messages('strategic'),
}

function reports({ scoring }: Scenario, { reports: numbers }: Rules): readonly RuleText[] {
  if (!numbers) return []
  return [
    text('SC22', 'reporting', 'reports.earns', { withinMs: scoring.reportWithinMs }),
    text('SC22', 'reporting', 'reports.loses', {
      freeCount: numbers.freeFalse,
      costShare: numbers.falseCost,
    }),
  ]
}

function questions({ questions: numbers }: Rules): readonly RuleText[] {
  if (!numbers) return []
  return [
    text('SC23', 'forensics', 'questions.earns', { tryShare: numbers.wrongTry, hintShare: numbers.hint }),
  ]
}

function hints([firstPoints, secondPoints, thirdPoints]: Scenario['scoring']['hintCosts']): RuleText {
  if (firstPoints + secondPoints + thirdPoints === 0) return text('SC8', 'defence', 'defence.freeHints')
  return text('SC8', 'defence', 'defence.hints', { firstPoints, secondPoints, thirdPoints })
}
