import { gradedVersion, type InjectState, isLate } from '../fold/inject-state.ts'
import { type AttackState, attackOf, injectOf, type State, type TeamState } from '../fold/state.ts'
import type { EntryRef } from '../scenario/trigger.ts'
import type { CellState, TimelineCell } from './timeline-cell.ts'

export type CameState = Pick<TimelineCell, 'state' | 'atMs' | 'untilMs'>

/** What became of an entry that has come to a team, and when it came. */
export function cameOf(
  state: State,
  team: TeamState | null,
  { kind, id }: EntryRef,
  atMs: number,
): CameState {
  const none = { untilMs: null }
  const attack = kind === 'attack' && team ? attackOf(team, id) : undefined
  if (attack) return { ...none, state: attackCame(attack), atMs: attack.launchedMs }
  const sent = kind === 'inject' && team ? injectOf(team, id) : undefined
  if (sent) {
    const now = injectCame(sent, atMs)
    return {
      state: now,
      atMs: sent.sentMs,
      untilMs: now === 'sent' || now === 'overdue' ? sent.deadlineMs : null,
    }
  }
  if (kind === 'note') {
    const said = team?.tutored.find(({ note }) => note === id)
    return {
      ...none,
      state: said?.withdrawnMs === undefined ? 'said' : 'cancelled',
      atMs: said?.atMs ?? null,
    }
  }
  if (kind === 'world') {
    const { endedMs, beganMs, untilMs } = team?.world.find(({ entry }) => entry === id) ?? {
      endedMs: null,
      beganMs: null,
      untilMs: null,
    }
    return endedMs === null
      ? { state: 'begun', atMs: beganMs, untilMs }
      : { ...none, state: 'over', atMs: beganMs }
  }
  return { ...none, state: 'begun', atMs: state.phasesEntered.find((one) => one.id === id)?.atMs ?? null }
}

function attackCame({ state, closedMs }: AttackState): CellState {
  if (state === 'landed') return closedMs === null ? 'landed' : 'closed'
  return state === 'blocked-by-outage' ? 'outage' : state
}

function injectCame(sent: InjectState, atMs: number): CellState {
  if (sent.info.expects === null) return 'notice'
  if (sent.grades.length > 0) return 'graded'
  const version = gradedVersion(sent)
  if (version) return isLate(sent, version.atMs) ? 'answered-late' : 'answered'
  return isLate(sent, atMs) ? 'overdue' : 'sent'
}
