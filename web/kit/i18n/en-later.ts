import { enComparison } from './en-comparison.ts'
import { enRescore } from './en-rescore.ts'
import { enReview } from './en-review.ts'

/** What only pages say that few open, in English: they bring it with them. */
export const enLater = {
  ...enComparison,
  ...enRescore,
  ...enReview,
}
