import { REVERT_COST, type ScoringWeights } from '../scenario/model.ts'
import { CATEGORIES } from '../scenario/words.ts'

/** A number that a scoring file may set, under the name that it has there. `most`: in points, as a share, or in ms. */
export interface ScoringField {
  readonly name: string
  readonly unit: 'points' | 'share' | 'time'
  readonly most: number
  readonly get: (scoring: ScoringWeights) => number
  readonly set: (scoring: ScoringWeights, value: number) => ScoringWeights
}

type Plain = {
  [K in keyof ScoringWeights]-?: ScoringWeights[K] extends number | undefined ? K : never
}[keyof ScoringWeights]

const POINTS = 10_000
const DAY_MS = 86_400_000

const plain = (name: string, key: Plain, unit: ScoringField['unit'], otherwise = 0): ScoringField => ({
  ...{ name, unit, most: unit === 'points' ? POINTS : unit === 'share' ? 1 : DAY_MS },
  get: (scoring) => scoring[key] ?? otherwise,
  set: (scoring, value) => ({ ...scoring, [key]: value }),
})

const hint = (nth: 0 | 1 | 2): ScoringField => ({
  ...{ name: `hintCosts.${nth + 1}`, unit: 'points', most: POINTS },
  get: ({ hintCosts }) => hintCosts[nth],
  set: (scoring, value) => {
    const [a, b, c] = scoring.hintCosts.map((cost, n) => (n === nth ? value : cost))
    return { ...scoring, hintCosts: [a ?? 0, b ?? 0, c ?? 0] }
  },
})

/** The points of the categories. */
export const CATEGORY_FIELDS = CATEGORIES.map((category) => plain(category, category, 'points'))

/** The other rules. */
export const RULE_FIELDS = [
  plain('slowCredit', 'slowCredit', 'share'),
  plain('brokenCredit', 'brokenCredit', 'share'),
  plain('recoveryFull', 'recoveryFullMs', 'time'),
  plain('recoveryZero', 'recoveryZeroMs', 'time'),
  plain('answerWithin', 'answerWithinMs', 'time'),
  plain('answerHolds', 'answerHoldsMs', 'time'),
  plain('reportWithin', 'reportWithinMs', 'time'),
  plain('revertCost', 'revertCost', 'points', REVERT_COST),
  ...([0, 1, 2] as const).map(hint),
]

const FIELDS: readonly ScoringField[] = [...CATEGORY_FIELDS, ...RULE_FIELDS]

/** Fields whose number is another one. */
export const changedFields = (from: ScoringWeights, to: ScoringWeights): readonly ScoringField[] =>
  FIELDS.filter(({ get }) => get(from) !== get(to))

/** Whether recovery points end after they begin to shrink; what a scoring file is refused without. */
export const isOrdered = ({ recoveryFullMs, recoveryZeroMs }: ScoringWeights): boolean =>
  recoveryZeroMs > recoveryFullMs

const fits = ({ most, unit }: ScoringField, value: number): boolean =>
  Number.isFinite(value) && value >= 0 && value <= most && (unit !== 'time' || Number.isInteger(value))

/** What differs, for an address: `defence:500,recoveryZero:600000`. */
export const scoringLink = (from: ScoringWeights, to: ScoringWeights): string =>
  changedFields(from, to)
    .map(({ name, get }) => `${name}:${get(to)}`)
    .join(',')

/** Weights from such an address; `bad`: parts of it that name no field, or no number that it may have. They change nothing. */
export function linkedScoring(
  link: string,
  from: ScoringWeights,
): { readonly scoring: ScoringWeights; readonly bad: readonly string[] } {
  let scoring = from
  const bad: string[] = []
  for (const part of link.split(',').filter((one) => one !== '')) {
    const [name, written = '', ...more] = part.split(':')
    const field = FIELDS.find((one) => one.name === name)
    const value = written.trim() === '' ? Number.NaN : Number(written)
    if (field && more.length === 0 && fits(field, value)) scoring = field.set(scoring, value)
    else bad.push(part)
  }
  return { scoring, bad }
}

/** What differs, as a file that `kilp rescore --scoring` and a scenario's `scoring` read. */
export function scoringText(from: ScoringWeights, to: ScoringWeights): string {
  const changed = changedFields(from, to)
  const lines = changed
    .filter(({ name }) => !name.startsWith('hintCosts'))
    .map(({ name, unit, get }) => `  ${name}: ${unit === 'time' ? `${get(to)}ms` : get(to)}`)
  const hints = lines.length < changed.length ? [`  hintCosts: [${to.hintCosts.join(', ')}]`] : []
  const all = [...lines, ...hints]
  return all.length === 0 ? 'scoring: {}\n' : `scoring:\n${all.join('\n')}\n`
}
