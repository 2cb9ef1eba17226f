import { fold } from '../fold/evolve.ts'
import { initialState, type State } from '../fold/state.ts'
import type { Recorded } from '../ledger/events.ts'
import { isSampleDue, type LossSamples, noLosses, sampledBefore, stepFor } from '../views/series.ts'
import type { EventBatch } from './protocol.ts'

/** How many of the latest events are kept. */
const TAIL = 100

/**
 * What a page knows, and the platform of each audience: the fold of every event that the audience receives up to `cursor`, in order
 * and without a gap, and what of those events is shown besides. Whoever has it needs none of them again.
 */
export interface Folded {
  readonly state: State
  /** null before there is an exercise. */
  readonly losses: LossSamples | null
  /** Position of the ledger. */
  readonly cursor: number
  /** The latest events, newest last. */
  readonly tail: readonly Recorded[]
}

export const nothingFolded: Folded = { state: initialState, losses: null, cursor: 0, tail: [] }

/** With more events: all that there are for the audience up to `cursor`. */
export function foldOn(folded: Folded, events: readonly Recorded[], cursor: number): Folded {
  let { state, losses } = folded
  // As many as possible at once: each part of the state is then copied once.
  let run: Recorded[] = []
  for (const event of events) {
    if (event.type === 'exercise.created') losses = noLosses(stepFor(event.data.scenario.durationMs))
    if (losses && isSampleDue(losses, event)) {
      state = fold(run, state)
      run = []
      losses = sampledBefore(losses, state, event)
    }
    run.push(event)
  }
  return { state: run.length > 0 ? fold(run, state) : state, losses, cursor, tail: tailOf(folded, events) }
}

/** The same without losses, which are the same for every audience: whoever folds for many takes them from one. */
export const foldOnWithoutLosses = (folded: Folded, events: readonly Recorded[], cursor: number): Folded => ({
  state: events.length > 0 ? fold(events, folded.state) : folded.state,
  losses: null,
  cursor,
  tail: tailOf(folded, events),
})

const tailOf = ({ tail }: Folded, events: readonly Recorded[]): readonly Recorded[] =>
  events.length === 0 ? tail : [...tail, ...events.slice(-TAIL)].slice(-TAIL)

/** Applies a batch. null: there is a gap before it, and whoever holds this must catch up first. What it knows already is skipped. */
export function foldBatch(folded: Folded, batch: EventBatch): Folded | null {
  if (batch.after > folded.cursor) return null
  if (batch.cursor <= folded.cursor) return folded
  const fresh = batch.events.filter((event) => event.position > folded.cursor)
  return foldOn(folded, fresh, batch.cursor)
}
