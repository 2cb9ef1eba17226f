import { type AttackState, attackOf, type State, type TeamState } from '../fold/state.ts'
import type { EntryKind, EntryRef, Outcome, Trigger } from '../scenario/trigger.ts'

/**
 * When an entry of the timeline comes for a team (null: for all at once), in ms of exercise time: perhaps past, perhaps to come. Null while it is not known: the
 * attack that it waits for has not come out so, or nobody has fired it. The one place that reads triggers.
 */
export function momentOf(
  state: State,
  team: TeamState | null,
  kind: EntryKind,
  { id, trigger }: { readonly id: string; readonly trigger: Trigger },
): number | null {
  switch (trigger.kind) {
    case 'at':
      return trigger.atMs
    case 'manual':
      return firedMs(state, team, { kind, id })
    case 'after': {
      const before = attackOf(team ?? undefined, trigger.attack)
      return before && cameOut(before, trigger.outcome) ? (before.concludedMs ?? 0) + trigger.delayMs : null
    }
  }
}

/** When the instructor fired an entry for a team, or for all; null when they did not. */
export function firedMs(state: State, team: TeamState | null, { kind, id }: EntryRef): number | null {
  const fired = state.fired.find(
    (one) => one.kind === kind && one.id === id && (one.team === null || one.team === team?.id),
  )
  return fired?.atMs ?? null
}

function cameOut({ state, closedMs }: AttackState, outcome: Outcome): boolean {
  if (outcome === 'landed') return state === 'landed'
  if (outcome === 'open') return state === 'landed' && closedMs === null
  if (outcome === 'blocked') return state === 'blocked'
  return state !== 'under-way' && state !== 'abandoned'
}
