import type { State } from '../fold/state.ts'
import type { TimelinePhase } from '../scenario/model.ts'
import { momentOf } from '../schedule/moment-of.ts'
import { entriesOf } from '../schedule/timeline.ts'
import type { ExerciseView } from './views.ts'

/** Phases of the day whose moment is known, in order: those entered, and those that come by themselves. */
export function phaseViews(state: State): ExerciseView['phases'] {
  const known = state.scenario.phases
    .flatMap((phase) => {
      const { id, title } = phase
      const fromMs = state.phasesEntered.find((one) => one.id === id)?.atMs ?? plannedMs(state, phase)
      return fromMs === null ? [] : [{ id, title, fromMs }]
    })
    .toSorted((a, b) => a.fromMs - b.fromMs)
  return known.map((phase, index) => ({
    ...phase,
    toMs: known[index + 1]?.fromMs ?? state.scenario.durationMs,
    now: state.phase !== 'ended' && state.phasesEntered.at(-1)?.id === phase.id,
  }))
}

/** When a phase begins, as far as everybody may know: not where that hangs on what only some see. */
const plannedMs = (state: State, phase: TimelinePhase): number | null =>
  phase.trigger.kind === 'at' || phase.trigger.kind === 'manual'
    ? momentOf(state, null, 'phase', phase, state.atMs)
    : null

/** Entries that wait for the instructor, in the order of the timeline. */
export function heldViews(state: State): ExerciseView['held'] {
  const { attacks, tutor, phases, injects, world } = state.scenario
  const others = { attack: attacks, phase: phases, inject: injects, world }
  return entriesOf(state).flatMap(({ kind, id, trigger }) => {
    if (trigger.kind !== 'manual') return []
    const fired = state.fired
      .filter((one) => one.kind === kind && one.id === id)
      .map(({ team, atMs }) => ({ team, atMs }))
    const titled =
      kind === 'note'
        ? tutor.find((note) => note.id === id)?.text
        : others[kind].find((one) => one.id === id)?.title
    return titled ? [{ kind, id, title: titled, fired }] : []
  })
}
