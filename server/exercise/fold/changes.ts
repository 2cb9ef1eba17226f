import type { EntryEdit } from '../scenario/entry-change.ts'
import type { EntryRef } from '../scenario/trigger.ts'
import type { Said } from './entry-state.ts'
import type { State, TeamState } from './state.ts'

export const entryKey = ({ kind, id }: EntryRef): string => `${kind}/${id}`

export const nothingSaid: Said = {
  firedMs: null,
  held: null,
  cancelled: null,
  byMs: 0,
  sinceMs: 0,
}

/** What the instructor has said of an entry for a team; null: for all at once, as of a phase. */
export function saidOf(
  { entries, places }: Pick<State, 'entries' | 'places'>,
  team: Pick<TeamState, 'id'> | null,
  ref: EntryRef,
): Said {
  const entry = entries[entryKey(ref)]
  if (!entry) return nothingSaid
  if (!team || ref.kind === 'phase') return entry.all
  return entry.teams[places.teams.get(team.id) ?? -1] ?? nothingSaid
}

/** An entry with its words and addressees as they were changed; what it does not have stays away. */
export const edited = <E extends object>(
  entry: E,
  { title, text, withinMs, teams, roles, rubric }: EntryEdit,
): E => ({
  ...entry,
  ...(title !== undefined && 'title' in entry && { title }),
  ...(text !== undefined && 'text' in entry && { text }),
  ...(withinMs !== undefined && 'withinMs' in entry && { withinMs }),
  ...(teams !== undefined && 'teams' in entry && { teams }),
  ...(roles !== undefined && 'roles' in entry && { roles }),
  ...(rubric !== undefined && 'rubric' in entry && { rubric }),
})
