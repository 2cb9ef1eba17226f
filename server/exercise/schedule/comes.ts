import type { State, TeamState } from '../fold/state.ts'
import type { Condition, EntryKind, Trigger } from '../scenario/trigger.ts'
import { momentOf, type Timed } from './moment-of.ts'

/**
 * When an entry comes to a team (null: to all) if nothing else happens, ms of exercise time; null when it does not. What waits for a message to stay without an answer is known
 * beforehand, though its condition turns by the clock alone: so what this says is next is what comes next. Of conditions over a score it knows only what is so now.
 */
export function comesMs(
  state: State,
  team: TeamState | null,
  kind: EntryKind,
  entry: Timed,
  atMs: number,
): number | null {
  let moment = momentOf(state, team, kind, entry, atMs)
  for (const turnMs of clockTurns(state, team, entry.trigger, atMs)) {
    if (moment !== null && moment < turnMs) return moment
    const then = momentOf(state, team, kind, entry, turnMs)
    moment = then === null ? null : Math.max(then, turnMs)
  }
  return moment
}

/** Moments after `atMs` at which an answer that a trigger waits for can no longer come in time, in order. */
function clockTurns(state: State, team: TeamState | null, trigger: Trigger, atMs: number): readonly number[] {
  const waited = trigger.kind === 'when' ? unanswered(trigger.when) : afterIds(trigger)
  if (waited.length === 0) return []
  const teams = trigger.kind === 'when' && trigger.once === 'all' ? state.teams : team ? [team] : state.teams
  return teams
    .flatMap(({ injects }) => injects.filter(({ inject }) => waited.includes(inject)))
    .flatMap(({ deadlineMs }) => (deadlineMs !== null && deadlineMs >= atMs ? deadlineMs + 1 : []))
    .toSorted((a, b) => a - b)
}

const afterIds = (trigger: Trigger): readonly string[] =>
  trigger.kind === 'after' && trigger.after.kind === 'inject' && trigger.after.outcome === 'unanswered'
    ? [trigger.after.id]
    : []

function unanswered(condition: Condition): readonly string[] {
  if (condition.kind === 'and' || condition.kind === 'or') return condition.of.flatMap(unanswered)
  if (condition.kind === 'not') return unanswered(condition.of)
  if (condition.kind !== 'came-out') return []
  const { after } = condition
  return after.kind === 'inject' && after.outcome === 'unanswered' ? [after.id] : []
}
