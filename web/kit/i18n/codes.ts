import type { SituationCode, StoryCode } from '#exercise/ledger/codes.ts'
import type { FileType } from '#exercise/scenario/file-types.ts'
import type { Pilot } from '#exercise/scenario/model.ts'
import type { Category } from '#exercise/scenario/words.ts'
import type { ScoreCode } from '#exercise/scoring/categories.ts'
import type { DUE_KINDS } from '#exercise/views/own-story/due.ts'
import type { MomentCode, MomentKind } from '#exercise/views/own-story/moment.ts'
import type { RuleTextCode } from '#exercise/views/rule-texts.ts'

/** What the core says in codes: a page without a text for one of them does not compile. */
export type SaidCode =
  | `category.${Category}`
  | `pilot.${Pilot}`
  | `score.${ScoreCode}`
  | `rules.${RuleTextCode}`
  | `files.type.${FileType}`
  | `situation.${SituationCode}`
  | `story.${StoryCode}`
  | `moment.${MomentCode}`
  | `moment.kind.${MomentKind}`
  | `moment.due.${(typeof DUE_KINDS)[number]}`
