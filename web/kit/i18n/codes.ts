import type { SituationCode, StoryCode } from '#exercise/ledger/codes.ts'
import type { Category, Pilot } from '#exercise/scenario/model.ts'
import type { ScoreCode } from '#exercise/scoring/categories.ts'

/** What the core says in codes: a page without a text for one of them does not compile. */
export type SaidCode =
  | `category.${Category}`
  | `pilot.${Pilot}`
  | `score.${ScoreCode}`
  | `situation.${SituationCode}`
  | `story.${StoryCode}`
