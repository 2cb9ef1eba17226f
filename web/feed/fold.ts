import { evolve } from '#exercise/fold/evolve.ts'
import { initialState, type State } from '#exercise/fold/state.ts'
import type { Recorded } from '#exercise/ledger/events.ts'
import { openSeries, type SeriesBuilder, stepFor } from '#exercise/views/series.ts'
import type { EventBatch } from '#exercise/wire/protocol.ts'

/** How many events the ledger tail keeps on a page. */
const TAIL = 300

/** What a page knows: the fold of every event it has received, in order, without a gap. */
export interface Folded {
  readonly state: State
  readonly cursor: number
  /** The latest events, newest last. */
  readonly tail: readonly Recorded[]
  /** Grows along with the fold, so that the chart need not fold everything again. null before there is an exercise. */
  readonly series: SeriesBuilder | null
}

export const nothingFolded: Folded = { state: initialState, cursor: 0, tail: [], series: null }

/** Applies a batch. null: there is a gap before it, and the page must catch up first. What it knows already is skipped. */
export function fold(folded: Folded, batch: EventBatch): Folded | null {
  if (batch.after > folded.cursor) return null
  if (batch.cursor <= folded.cursor) return folded
  const fresh = batch.events.filter((event) => event.position > folded.cursor)
  let { state, series } = folded
  for (const event of fresh) {
    if (event.type === 'exercise.created') series = openSeries(stepFor(event.data.scenario.durationMs))
    series?.before(state, event)
    state = evolve(state, event)
  }
  const tail = fresh.length === 0 ? folded.tail : [...folded.tail, ...fresh].slice(-TAIL)
  return { state, series, tail, cursor: batch.cursor }
}
