import type { SituationCode, StoryCode } from '#exercise/ledger/codes.ts'
import type { Category, Pilot } from '#exercise/scenario/model.ts'
import type { ScoreCode } from '#exercise/scoring/categories.ts'

/** What the core says in codes: English without a text for one of them does not compile, nor do the others without one of English. */
export type SaidCode =
  | `category.${Category}`
  | `pilot.${Pilot}`
  | `score.${ScoreCode}`
  | `situation.${SituationCode}`
  | `story.${StoryCode}`
