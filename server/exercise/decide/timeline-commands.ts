import type { EntryChange } from '../scenario/entry-change.ts'
import type { Channel, Role } from '../scenario/inject.ts'
import type { EntryRef } from '../scenario/trigger.ts'
import type { Text } from '../scenario/words.ts'

/** What white does with the timeline. */
export interface TimelineCommands {
  /** Lets an entry come that has not come, whatever it waits for; `team` null: to all to whom it has not. */
  'fire-entry': EntryRef & { readonly team: string | null }
  /** `team` as above; an edit is for all. `seen`: how many changes of the entry the one who changes has seen, for what adds up or overwrites. */
  'change-entry': EntryRef & {
    readonly team: string | null
    readonly change: EntryChange
    readonly seen: number
  }
  /** A new entry of the timeline, at a moment (ms; what is past is now) or held ready until it is fired (null). */
  'add-entry': {
    readonly id: string
    readonly atMs: number | null
    /** null: to all. */
    readonly teams: readonly string[] | null
    readonly entry:
      | {
          readonly kind: 'inject'
          /** Id of the message that it is like but for what is given here; null: from scratch. */
          readonly like: string | null
          readonly title: Text
          readonly text: Text
          readonly from: Text
          readonly channel: Channel
          readonly roles: readonly Role[]
          /** `text`: what `like` wants, or an answer in words. */
          readonly wants: 'nothing' | 'text'
          /** What the answer to a message from scratch is graded by; left out: as a whole. */
          readonly rubric?: readonly { readonly title: Text; readonly points: number }[]
          readonly withinMs: number | null
          /** Its answer earns points, as that of `like` would. */
          readonly counts: boolean
        }
      | {
          readonly kind: 'attack'
          /** Id of any weakness that is planted. */
          readonly weakness: string
          readonly title?: Text
          /** It has a share of the points for defence and recovery. */
          readonly counts: boolean
        }
  }
}
