import { firedMs } from '../schedule/moment-of.ts'
import { entriesOf } from '../schedule/timeline.ts'
import { accept, type Deciders, fact, refuse, wrongPhase } from './decision.ts'

/** What the instructor does with the timeline. */
export const timeline: Deciders<'fire-entry'> = {
  'fire-entry': (state, command, at) => {
    const { kind, id, team } = command.data
    if (state.phase !== 'running') return wrongPhase(state, command)
    const entry = entriesOf(state).find((one) => one.kind === kind && one.id === id)
    if (!entry) return refuse('unknown-entry', `The timeline has no ${kind} ${id}.`, { entry: id })
    if (entry.trigger.kind !== 'manual')
      return refuse('not-manual', `${id} does not wait for the instructor: it comes by itself.`, {
        entry: id,
      })
    if (kind === 'phase' && team !== null)
      return refuse('phase-for-all', 'A phase begins for all teams at once.', { entry: id })
    const teams = state.teams.filter((one) => team === null || one.id === team)
    if (teams.length === 0)
      return refuse('unknown-team', `There is no team ${team} in this exercise.`, { team: team ?? '' })
    if (teams.every((one) => firedMs(state, one, { kind, id }) !== null))
      return refuse('already-fired', `${id} has been fired already.`, { entry: id })
    return accept(fact('entry.fired', at, { kind, id, team, by: command.by }))
  },
}
