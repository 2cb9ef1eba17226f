import type { ReportCriterion } from '../scenario/report.ts'
import { LedgerTooNew } from './ledger-too-new.ts'

/** The numbers by which facts become points, as far as no scenario chooses them. SPEC.md says what they do. */
export interface Rules {
  /** [SC2] Points are counted in so many parts each: a power of two, so that sums of them are exact on every machine. */
  readonly quantum: number
  /** [SC7] Part of an attack's defence points that is lost the moment it lands; the rest goes while the foothold stays. */
  readonly landedLoss: number
  /** [SC12] How often an attack is launched that the platform could not judge, before it is void. */
  readonly attempts: number
  /** [SC13] Shares of personas are counted in so many parts of everybody, so that they can be divided like weights. */
  readonly personaParts: number
  /** [SC13] A citizen who fails again after an answer is not put off by that answer any longer. */
  readonly answerHoldsOnce: boolean
  /** [SC7] A foothold counts until it was last seen to be there, not until somebody looked again. */
  readonly closedSinceSeen: boolean
  /** [SC20] Part of its points that an answer keeps which came after its time. */
  readonly lateKeeps: number
  /** [SC22] Reports of incidents; none where there were none. */
  readonly reports?: ReportRules
  /** [SC23] Questions; none where there were none. */
  readonly questions?: QuestionRules
}

/** [SC22] What reports of incidents are worth. */
export interface ReportRules {
  /** Part of the points of reporting that is for attacks, where there are situation reports too. */
  readonly attacksPart: number
  /** Of 100, by criterion. */
  readonly points: Readonly<Record<ReportCriterion, number>>
  /** For a technique whose variant is another. */
  readonly parentPoints: number
  /** Part of the time to report within which noticing is prompt; and so long before a report its word on when it was noticed is believed. */
  readonly promptPart: number
  /** So many indicators that were seen are enough ... */
  readonly indicators: number
  /** ... where they are at least this part of all that are named. */
  readonly indicatorsPart: number
  /** So many reports of what never happened cost nothing; each further one costs this part of the points for attacks. */
  readonly freeFalse: number
  readonly falseCost: number
}

/** [SC23] Parts of a question's points that a wrong try before the right one, and a hint, take away. */
export interface QuestionRules {
  readonly wrongTry: number
  readonly hint: number
}

/** By version. A version that exercises were created under never changes: another rule is another version. */
export type RulesTable = Readonly<Record<number, Rules>>

export const RULES: RulesTable = {
  1: {
    quantum: 1024,
    landedLoss: 0.6,
    attempts: 2,
    personaParts: 1_000_000,
    answerHoldsOnce: false,
    closedSinceSeen: false,
    lateKeeps: 0.5,
  },
  2: {
    quantum: 1024,
    landedLoss: 0.6,
    attempts: 2,
    personaParts: 1_000_000,
    answerHoldsOnce: true,
    closedSinceSeen: false,
    lateKeeps: 0.5,
  },
  3: {
    quantum: 1024,
    landedLoss: 0.6,
    attempts: 2,
    personaParts: 1_000_000,
    answerHoldsOnce: true,
    closedSinceSeen: true,
    lateKeeps: 0.5,
    reports: {
      attacksPart: 0.6,
      points: { service: 25, technique: 25, time: 20, indicators: 15, completeness: 15 },
      parentPoints: 15,
      promptPart: 0.25,
      indicators: 2,
      indicatorsPart: 0.25,
      freeFalse: 3,
      falseCost: 0.05,
    },
    questions: { wrongTry: 0.25, hint: 0.2 },
  },
}

/** New exercises are created under these. */
export const RULES_VERSION = 3

/**
 * The rules under which an exercise was created: it is scored by them for ever.
 * @throws LedgerTooNew when this Kilp does not know them.
 */
export function rulesOf(
  { rulesVersion }: { readonly rulesVersion: number },
  table: RulesTable = RULES,
): Rules {
  const rules = table[rulesVersion]
  if (rules) return rules
  throw new LedgerTooNew(
    `The exercise is scored by version ${rulesVersion} of the rules, and this Kilp knows versions up to ${RULES_VERSION}. ` +
      `Open it with a Kilp that knows version ${rulesVersion}: the one that created it, or a later one.`,
  )
}
