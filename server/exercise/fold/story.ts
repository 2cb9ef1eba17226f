import type { StoryCode } from '../ledger/codes.ts'
import type { Recorded } from '../ledger/events.ts'
import { type Draft, pushBounded, type TeamDraft } from './draft.ts'
import type { StoryItem } from './story-item.ts'

/** How much of the story is kept: at least so many items for everybody, for observers and for white, half as many for each team. */
export const STORY_KEPT = 200

type Told = Partial<Pick<StoryItem, 'team' | 'service' | 'attack' | 'params'>>

const item = (event: Recorded, tone: StoryItem['tone'], code: StoryCode, told: Told): StoryItem => ({
  position: event.position,
  atMs: event.at,
  tone,
  code: `story.${code}`,
  team: told.team ?? null,
  service: told.service ?? null,
  attack: told.attack ?? null,
  params: told.params ?? {},
})

/** Tells everybody: only what the public may know may go in. */
export function tell(
  draft: Draft,
  event: Recorded,
  tone: StoryItem['tone'],
  code: StoryCode,
  told: Told = {},
) {
  draft.root.story = pushBounded(draft, draft.root.story, item(event, tone, code, told), STORY_KEPT)
}

/** Tells white and observers. */
export function tellObservers(
  draft: Draft,
  event: Recorded,
  tone: StoryItem['tone'],
  code: StoryCode,
  told: Told = {},
) {
  draft.root.observerStory = pushBounded(
    draft,
    draft.root.observerStory,
    item(event, tone, code, told),
    STORY_KEPT,
  )
}

/** Tells white only. */
export function tellWhite(
  draft: Draft,
  event: Recorded,
  tone: StoryItem['tone'],
  code: StoryCode,
  told: Told = {},
) {
  draft.root.whiteStory = pushBounded(draft, draft.root.whiteStory, item(event, tone, code, told), STORY_KEPT)
}

/** Tells white and the team. */
export function tellTeam(
  draft: Draft,
  team: TeamDraft,
  event: Recorded,
  tone: StoryItem['tone'],
  code: StoryCode,
  told: Told = {},
) {
  team.story = pushBounded(
    draft,
    team.story,
    item(event, tone, code, { ...told, team: team.id }),
    STORY_KEPT / 2,
  )
}
