import { z } from 'zod'
import { MESSAGE_OUTCOMES, NOTE_OUTCOMES, OUTCOMES, WORLD_OUTCOMES } from '../../exercise/scenario/trigger.ts'
import { VERDICTS } from '../../exercise/scenario/words.ts'
import { duration, id } from './parts.ts'

const OUTCOME_NAMES = [...OUTCOMES, ...MESSAGE_OUTCOMES, ...NOTE_OUTCOMES, ...WORLD_OUTCOMES] as const

const outcome = z
  .enum(OUTCOME_NAMES)
  .describe(
    'Of an attack: landed, open, blocked, concluded. Of a message: sent, answered, unanswered, graded. Of a note: said. Of a world event: began, ended',
  )

const verdict = z.strictObject({
  verdict: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]*(\/[a-z][a-z0-9-]*)?$/,
      'write a service, `tax`, or one of its journeys, `tax/file-declaration`',
    ),
  is: z.array(z.enum(VERDICTS)).min(1).describe('So while the verdict is one of these'),
})
const foothold = z.strictObject({ foothold: z.union([z.literal('any'), id]).describe('An attack, or `any`') })
const cameOut = z.strictObject({ entry: id, outcome })
const report = z.strictObject({
  report: z
    .union([z.literal('any'), z.strictObject({ attack: id }), z.strictObject({ service: id })])
    .describe('The team has filed a report of an incident: `any`, { attack: x } or { service: x }'),
})
const score = z.strictObject({
  scoreBelow: z.number().gt(0).max(1).describe('Share of the points possible so far, 0 to 1'),
})
const phase = z.strictObject({ phase: id })

type Written =
  | z.output<typeof verdict>
  | z.output<typeof foothold>
  | z.output<typeof cameOut>
  | z.output<typeof report>
  | z.output<typeof score>
  | z.output<typeof phase>
  | { and: Written[] }
  | { or: Written[] }
  | { not: Written }
export type ConditionFile = Written

const condition: z.ZodType<Written, Written> = z.lazy(() =>
  z.union([
    verdict,
    foothold,
    cameOut,
    report,
    score,
    phase,
    z.strictObject({ and: z.array(condition).min(1).max(20) }),
    z.strictObject({ or: z.array(condition).min(1).max(20) }),
    z.strictObject({ not: condition }),
  ]),
)

/** The keys by which an entry of the timeline says when it comes: one of `at`, `after`, `when`, `manual`. */
export const triggerKeys = {
  at: duration().exactOptional().describe('Exercise time, the same for every team'),
  jitter: duration({ max: 600_000 })
    .prefault('0s')
    .describe('With `at` or `after`: the moment moves by up to this much, either way'),
  after: z
    .strictObject({ entry: id, outcome, delay: duration().prefault('0s') })
    .exactOptional()
    .describe('So long after another entry came out so for the team'),
  when: condition
    .exactOptional()
    .describe(
      'When this is so: { verdict: tax, is: [down] }, { foothold: any }, { entry: x, outcome: answered }, { report: any }, { scoreBelow: 0.5 }, { phase: storm }, joined by and, or, not',
    ),
  for: duration()
    .prefault('0s')
    .describe('With `when`: after it has been so for this long. Not with `scoreBelow`'),
  once: z
    .enum(['team', 'all'])
    .default('team')
    .describe('With `when`: for each team by itself, or for all as soon as it is so of one'),
  manual: z.literal(true).exactOptional().describe('Waits for the instructor, who lets it come'),
} as const

export interface TriggerFile {
  readonly at?: number
  readonly jitter: number
  readonly after?: { readonly entry: string; readonly outcome: string; readonly delay: number }
  readonly when?: ConditionFile
  readonly for: number
  readonly once: 'team' | 'all'
  readonly manual?: true
}

/** For an entry: it has one moment and not two. */
export const hasOneMoment = ({ at, after, when, manual }: TriggerFile): boolean =>
  [at, after, when, manual].filter((given) => given !== undefined).length === 1

export const ONE_MOMENT = {
  error: 'an entry has one of `at`, `after`, `when` and `manual`',
  params: { code: 'one-moment' },
}

/** What belongs to one way of saying when goes with that way alone. */
export const fitsItsMoment = ({ at, after, when, for: forMs, once, jitter }: TriggerFile): boolean =>
  (when !== undefined || (forMs === 0 && once === 'team')) &&
  (jitter === 0 || at !== undefined || after !== undefined)

export const OF_ANOTHER_MOMENT = {
  error: '`for` and `once` go with `when`, `jitter` with `at` or `after`',
  params: { code: 'of-another-moment' },
}
