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
}

/** By version. A version that exercises were created under never changes: another rule is another version. */
export type RulesTable = Readonly<Record<number, Rules>>

export const RULES: RulesTable = {
  1: { quantum: 1024, landedLoss: 0.6, attempts: 2, personaParts: 1_000_000, answerHoldsOnce: false },
  2: { quantum: 1024, landedLoss: 0.6, attempts: 2, personaParts: 1_000_000, answerHoldsOnce: true },
}

/** New exercises are created under these. */
export const RULES_VERSION = 2

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
