import { passing } from '../fold/verdicts.ts'
import type { Verdict } from '../scenario/words.ts'

/** What is known of a journey before it is looked at. */
export interface InForce {
  readonly verdict: Verdict
  /** It was never looked at: there is no verdict that a result could differ from by chance. */
  readonly never: boolean
}

/** One result that differs from the verdict in force decides nothing: it is asked again at once. Of what nothing is known, one that finds it well is enough. [SC4] */
export const needsSecond = ({ verdict, never }: InForce, first: Verdict): boolean =>
  first !== verdict && !(never && passing(first))

/** So much later bad news is asked again, wall time in ms: a restart of a second is over by then. Good news at once: recovery counts from when it was first seen. [SC4] */
const SECOND_LOOK_MS = 1_500
export const secondAfterMs = (first: Verdict): number => (passing(first) ? 0 : SECOND_LOOK_MS)

/** The verdict that takes the place of the one in force after one or two results, or null when it stays: both must differ from it, and the second counts. [SC4] */
export function decided(inForce: InForce, first: Verdict, second: Verdict | undefined): Verdict | null {
  if (first === inForce.verdict || second === inForce.verdict) return null
  return second ?? (inForce.never ? first : null)
}
