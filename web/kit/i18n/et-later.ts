import { etComparison } from './et-comparison.ts'
import { etRescore } from './et-rescore.ts'
import { etReview } from './et-review.ts'
import type { LaterMessages } from './message-keys.ts'

/** What only pages say that few open, in Estonian: they bring it with them. */
export const etLater: LaterMessages = {
  ...etComparison,
  ...etRescore,
  ...etReview,
}
