import type { AddedEntry, EntryChange } from '../scenario/entry-change.ts'
import type { EntryRef } from '../scenario/trigger.ts'
import type { Actor } from './actor.ts'

/** Facts of what the instructor does with the timeline. `by` is null for those who may not know. */
export interface TimelinePayloads {
  /** The instructor let an entry come, for one team or (null) for all to whom it had not come. */
  'entry.fired': EntryRef & { readonly team: string | null; readonly by: Actor | null }
  /** The instructor changed an entry, for one team or (null) for all to whom it had not come. An edit is always for all of those. */
  'entry.changed': EntryRef & {
    readonly team: string | null
    readonly change: EntryChange
    readonly by: Actor | null
  }
  /** The instructor added an entry, with all that the scenario's own have. */
  'entry.added': { readonly entry: AddedEntry; readonly by: Actor | null }
}
