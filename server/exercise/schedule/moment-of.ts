import { nothingSaid, saidOf } from '../fold/changes.ts'
import { comeMs } from '../fold/has-come.ts'
import type { State, TeamState } from '../fold/state.ts'
import type { EntryKind, EntryRef, Trigger } from '../scenario/trigger.ts'
import { cameOutMs } from './came-out.ts'
import { conditionOf } from './condition.ts'

/** An entry as far as it says when it comes, and for whom. */
export interface Timed {
  readonly id: string
  readonly trigger: Trigger
  /** Only for these teams; for all where it does not say, or says null. */
  readonly teams?: readonly string[] | null
}

/**
 * When an entry of the timeline comes for a team (null: for all at once), in ms of exercise time: perhaps past, perhaps to come. Null while it is not known: what
 * it waits for has not come out so, nobody has fired it, it is held or cancelled, or it is not for that team. `atMs`: now. The one place that reads triggers.
 */
export function momentOf(
  state: State,
  team: TeamState | null,
  kind: EntryKind,
  entry: Timed,
  atMs: number,
): number | null {
  if (team && !isFor(entry, team.id)) return null
  const { firedMs: fired, held, cancelled, byMs, sinceMs } = saidOf(state, team, { kind, id: entry.id })
  if (held || cancelled) return null
  const moment = fired ?? begunMs(state, kind, entry) ?? triggerMs(state, team, entry.trigger, atMs)
  // What was changed comes no sooner than it was.
  return moment === null ? null : Math.max(moment + byMs, sinceMs)
}

/** When what comes to all as soon as it is so of one began to come to them: to the rest it comes though by then it may no longer be so. */
function begunMs(state: State, kind: EntryKind, { id, trigger }: Timed): number | null {
  if (trigger.kind !== 'when' || trigger.once !== 'all') return null
  const moments = state.teams.flatMap((team) => {
    const came = comeMs(state, team, { kind, id })
    const { firedMs: fired, byMs } = saidOf(state, team, { kind, id })
    return came === null || fired !== null ? [] : came - byMs
  })
  return moments.length > 0 ? Math.min(...moments) : null
}

/** The moment that a trigger gives by itself, whatever the instructor says. */
function triggerMs(state: State, team: TeamState | null, trigger: Trigger, atMs: number): number | null {
  switch (trigger.kind) {
    case 'at':
      return trigger.atMs
    case 'manual':
      return null
    case 'after': {
      const since = team && cameOutMs(team, trigger.after, atMs)
      return since === null ? null : since + trigger.delayMs
    }
    case 'when': {
      const teams = trigger.once === 'all' || !team ? state.teams : [team]
      const moments = teams.flatMap((one) => {
        const { so, sinceMs } = conditionOf(state, one, trigger.when, atMs)
        return so ? sinceMs + trigger.forMs : []
      })
      return moments.length > 0 ? Math.min(...moments) : null
    }
  }
}

/** The instructor has said something of an entry since it came due, so that it does not come now. */
export const heldBack = (
  state: State,
  team: TeamState,
  kind: EntryKind,
  entry: Timed,
  atMs: number,
): boolean =>
  saidOf(state, team, { kind, id: entry.id }) !== nothingSaid &&
  (momentOf(state, team, kind, entry, atMs) ?? Number.POSITIVE_INFINITY) > atMs

/** Whether an entry is meant for a team. */
export const isFor = ({ teams }: Pick<Timed, 'teams'>, team: string): boolean =>
  !teams || teams.includes(team)

/** When the instructor fired an entry for a team, or for all; null when they did not. */
export const firedMs = (state: State, team: TeamState | null, ref: EntryRef): number | null =>
  saidOf(state, team, ref).firedMs
