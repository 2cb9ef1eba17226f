import { injectOf, type State, type TeamState } from '../fold/state.ts'
import type { TimelinePhase } from '../scenario/model.ts'
import type { EntryRef } from '../scenario/trigger.ts'
import { attacksToLaunch } from './launch.ts'
import { isFor, momentOf, type Timed } from './moment-of.ts'

export interface TimelineDue {
  /** A phase begins or the exercise is over: send `pass-time`. */
  readonly passTime: boolean
  /** To be launched now. */
  readonly attacks: readonly { readonly team: string; readonly attack: string; readonly weakness: string }[]
  /** What the tutor has to tell now. */
  readonly notes: readonly { readonly team: string; readonly note: string }[]
  /** Messages that come now. */
  readonly injects: readonly { readonly team: string; readonly inject: string }[]
  /** World events that begin now. */
  readonly world: readonly { readonly team: string; readonly entry: string }[]
}

const NOTHING: TimelineDue = { passTime: false, attacks: [], notes: [], injects: [], world: [] }

/** What the timeline wants done at `atMs`. Pure: asking twice gives the same answer until an event changes the state. */
export function timelineDue(state: State, atMs: number): TimelineDue {
  if (state.phase !== 'running') return NOTHING
  const { scenario, teams } = state
  if (atMs >= scenario.durationMs) return { ...NOTHING, passTime: true }
  return {
    passTime: phasesToEnter(state, atMs).length > 0,
    attacks: teams.flatMap((team) =>
      attacksToLaunch(state, team, atMs).map(({ id, weakness }) => ({ team: team.id, attack: id, weakness })),
    ),
    notes: teams.flatMap((team) => notesDue(state, team, atMs)),
    injects: teams.flatMap((team) => injectsDue(state, team, atMs)),
    world: teams.flatMap((team) => worldDue(state, team, atMs)),
  }
}

/** Phases that have begun by `atMs` and were not entered yet, in the order of their moments. */
export function phasesToEnter(
  state: State,
  atMs: number,
): readonly { readonly phase: TimelinePhase; readonly fromMs: number }[] {
  return state.scenario.phases
    .flatMap((phase) => {
      const fromMs = momentOf(state, null, 'phase', phase, atMs)
      const entered = state.phasesEntered.some(({ id }) => id === phase.id)
      return fromMs !== null && fromMs <= atMs && !entered ? [{ phase, fromMs }] : []
    })
    .toSorted((a, b) => a.fromMs - b.fromMs)
}

/** Notes whose moment has come and that the team has not been told. */
function notesDue(state: State, team: TeamState, atMs: number): TimelineDue['notes'] {
  return state.scenario.tutor
    .filter(({ teams = null }) => isFor({ teams }, team.id))
    .filter(({ id }) => !team.tutored.some((said) => said.note === id))
    .filter((note) => (momentOf(state, team, 'note', note, atMs) ?? Number.POSITIVE_INFINITY) <= atMs)
    .map(({ id }) => ({ team: team.id, note: id }))
}

/** Messages whose moment has come and that the team, if it is meant, has not got, in the order of their numbers. */
function injectsDue(state: State, team: TeamState, atMs: number): TimelineDue['injects'] {
  return state.scenario.injects
    .filter((inject) => isFor(inject, team.id) && injectOf(team, inject.id) === undefined)
    .filter((inject) => (momentOf(state, team, 'inject', inject, atMs) ?? Number.POSITIVE_INFINITY) <= atMs)
    .map(({ id }) => ({ team: team.id, inject: id }))
}

/** World events whose moment has come and that have not happened to the team, if it is meant. */
function worldDue(state: State, team: TeamState, atMs: number): TimelineDue['world'] {
  return state.scenario.world
    .filter((event) => isFor(event, team.id) && !team.world.some(({ entry }) => entry === event.id))
    .filter((event) => (momentOf(state, team, 'world', event, atMs) ?? Number.POSITIVE_INFINITY) <= atMs)
    .map(({ id }) => ({ team: team.id, entry: id }))
}

/** Everything of the timeline with its trigger and whom it is meant for, by kind. */
export const entriesOf = ({
  scenario: { attacks, tutor, phases, injects, world },
}: Pick<State, 'scenario'>): readonly (EntryRef & Timed)[] => [
  ...attacks.map(({ id, trigger, teams = null }) => ({ kind: 'attack', id, trigger, teams }) as const),
  ...tutor.map(({ id, trigger, teams = null }) => ({ kind: 'note', id, trigger, teams }) as const),
  ...phases.map(({ id, trigger }) => ({ kind: 'phase', id, trigger }) as const),
  ...injects.map(({ id, trigger, teams }) => ({ kind: 'inject', id, trigger, teams }) as const),
  ...world.map(({ id, trigger, teams }) => ({ kind: 'world', id, trigger, teams }) as const),
]
