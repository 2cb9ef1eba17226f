import type { State, TeamState } from '../fold/state.ts'
import type { TimelinePhase } from '../scenario/model.ts'
import type { EntryRef, Trigger } from '../scenario/trigger.ts'
import { attacksToLaunch } from './launch.ts'
import { momentOf } from './moment-of.ts'

export interface TimelineDue {
  /** A phase begins or the exercise is over: send `pass-time`. */
  readonly passTime: boolean
  /** To be launched now. */
  readonly attacks: readonly { readonly team: string; readonly attack: string; readonly weakness: string }[]
  /** What the tutor has to tell now. */
  readonly notes: readonly { readonly team: string; readonly note: string }[]
}

/** What the timeline wants done at `atMs`. Pure: asking twice gives the same answer until an event changes the state. */
export function timelineDue(state: State, atMs: number): TimelineDue {
  if (state.phase !== 'running') return { passTime: false, attacks: [], notes: [] }
  const { scenario, teams } = state
  if (atMs >= scenario.durationMs) return { passTime: true, attacks: [], notes: [] }
  return {
    passTime: phasesToEnter(state, atMs).length > 0,
    attacks: teams.flatMap((team) =>
      attacksToLaunch(state, team, atMs).map(({ id, weakness }) => ({ team: team.id, attack: id, weakness })),
    ),
    notes: teams.flatMap((team) => notesDue(state, team, atMs)),
  }
}

/** Phases that have begun by `atMs` and were not entered yet, in the order of their moments. */
export function phasesToEnter(
  state: State,
  atMs: number,
): readonly { readonly phase: TimelinePhase; readonly fromMs: number }[] {
  return state.scenario.phases
    .flatMap((phase) => {
      const fromMs = momentOf(state, null, 'phase', phase)
      const entered = state.phasesEntered.some(({ id }) => id === phase.id)
      return fromMs !== null && fromMs <= atMs && !entered ? [{ phase, fromMs }] : []
    })
    .toSorted((a, b) => a.fromMs - b.fromMs)
}

/** Notes whose moment has come and that the team has not been told. */
function notesDue(state: State, team: TeamState, atMs: number): TimelineDue['notes'] {
  return state.scenario.tutor
    .filter(({ id }) => !team.tutored.some((said) => said.note === id))
    .filter((note) => (momentOf(state, team, 'note', note) ?? Number.POSITIVE_INFINITY) <= atMs)
    .map(({ id }) => ({ team: team.id, note: id }))
}

/** Everything of the timeline with its trigger, by kind. */
export const entriesOf = ({
  scenario: { attacks, tutor, phases },
}: Pick<State, 'scenario'>): readonly (EntryRef & { readonly trigger: Trigger })[] => [
  ...attacks.map(({ id, trigger }) => ({ kind: 'attack', id, trigger }) as const),
  ...tutor.map(({ id, trigger }) => ({ kind: 'note', id, trigger }) as const),
  ...phases.map(({ id, trigger }) => ({ kind: 'phase', id, trigger }) as const),
]
