import { attackOf, type State, type TeamState } from '../fold/state.ts'
import type { TutorNote } from '../scenario/model.ts'
import { attacksToLaunch } from './launch.ts'

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
    passTime: scenario.phases.some((p) => p.fromMs <= atMs && !state.phasesEntered.includes(p.id)),
    attacks: teams.flatMap((team) =>
      attacksToLaunch(state, team, atMs).map(({ id, weakness }) => ({ team: team.id, attack: id, weakness })),
    ),
    notes: teams.flatMap((team) => notesDue(scenario.tutor, team, atMs)),
  }
}

/** Exercise time of a note, in ms; null while the attack that it waits for has not landed, or is over. */
export function momentOf({ when }: TutorNote, team: TeamState): number | null {
  if ('atMs' in when) return when.atMs
  const attack = attackOf(team, when.attack)
  const landed = attack?.state === 'landed' && attack.closedMs === null ? attack.concludedMs : null
  return landed === null ? null : landed + when.afterMs
}

/** Notes whose moment has come and that the team has not been told. */
function notesDue(notes: readonly TutorNote[], team: TeamState, atMs: number): TimelineDue['notes'] {
  return notes
    .filter((note) => (momentOf(note, team) ?? Number.POSITIVE_INFINITY) <= atMs)
    .filter((note) => !team.tutored.some((said) => said.note === note.id))
    .map(({ id }) => ({ team: team.id, note: id }))
}
