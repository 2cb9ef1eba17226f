import { jaComparison } from './ja-comparison.ts'
import { jaRescore } from './ja-rescore.ts'
import { jaReview } from './ja-review.ts'
import type { LaterMessages } from './message-keys.ts'

/** What only pages say that few open, in Japanese: they bring it with them. */
export const jaLater: LaterMessages = {
  ...jaComparison,
  ...jaRescore,
  ...jaReview,
}
