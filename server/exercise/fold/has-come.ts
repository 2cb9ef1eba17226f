import type { EntryRef } from '../scenario/trigger.ts'
import { attackOf, injectOf, type State, type TeamState } from './state.ts'

/** The moment at which an entry of the timeline came to a team, ms of exercise time; null while it has not. A phase comes to all at once (null). */
export function comeMs(
  { phasesEntered }: Pick<State, 'phasesEntered'>,
  team: TeamState | null,
  { kind, id }: EntryRef,
): number | null {
  if (kind === 'phase') return phasesEntered.find((one) => one.id === id)?.atMs ?? null
  switch (team && kind) {
    case 'attack':
      return attackOf(team ?? undefined, id)?.info.atMs ?? null
    case 'inject':
      return (team && injectOf(team, id)?.sentMs) ?? null
    case 'note':
      return team?.tutored.find(({ note }) => note === id)?.atMs ?? null
    case 'world':
      return team?.world.find(({ entry }) => entry === id)?.beganMs ?? null
    default:
      return null
  }
}

/** Whether an entry has come to a team: what reached somebody can no longer be changed. */
export const hasCome = (
  state: Pick<State, 'phasesEntered'>,
  team: TeamState | null,
  ref: EntryRef,
): boolean => comeMs(state, team, ref) !== null
