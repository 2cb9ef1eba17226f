import { evolve } from '../fold/evolve.ts'
import { initialState, type State } from '../fold/state.ts'
import type { Recorded } from '../ledger/events.ts'
import { scoreAt } from '../scoring/scoring.ts'
import type { Series } from './views.ts'

/** Points lost over time, sampled every `stepMs` of exercise time while events are folded. */
export interface SeriesBuilder {
  /** To be told of each event with the state before it: takes the samples that the event makes final. */
  before(state: State, event: Recorded): void
  /** All samples up to `atMs`, and one at `atMs`; those after the last event are not final. */
  read(state: State, atMs: number): Series
}

/** About 240 samples over an exercise, a whole number of seconds apart. */
export const stepFor = (durationMs: number): number => Math.max(1000, Math.ceil(durationMs / 240_000) * 1000)

export function openSeries(stepMs: number): SeriesBuilder {
  const times: number[] = []
  const lost = new Map<string, number[]>()

  const sample = (state: State, at: number, scoredAt = at) => {
    times.push(at)
    for (const { id } of state.teams) {
      const list = lost.get(id) ?? []
      lost.set(id, list)
      list.push(lostAt(state, id, scoredAt))
    }
  }

  return {
    before(state, event) {
      if (state.teams.length === 0) return
      // A sample holds all that happened up to and at its moment: it is final when something later happens.
      // Of time that is skipped nothing is won or lost.
      const playedMs = event.type === 'exercise.skipped' ? event.data.fromMs : event.at
      for (let at = times.length * stepMs; at < event.at; at = times.length * stepMs)
        sample(state, at, Math.min(at, playedMs))
    },
    read(state, atMs) {
      const open: number[] = []
      for (let at = times.length * stepMs; at < atMs; at += stepMs) open.push(at)
      open.push(atMs)
      const timesMs = [...times, ...open]
      const teams = state.teams.map(({ id }) => ({
        id,
        lost: [...(lost.get(id) ?? []), ...open.map((at) => lostAt(state, id, at))],
      }))
      return { timesMs, teams }
    },
  }
}

/**
 * What a team could have by then and has not. An attack is worth nothing before it is judged, and a landed one keeps a part of its points for a
 * while [SC7]: a curve of points would rise at every breach. This one does not.
 */
function lostAt(state: State, team: string, atMs: number): number {
  const { total, possible } = scoreAt(state, team, atMs)
  return possible - total
}

/** The series of a whole stream of events up to `atMs`. */
export function seriesOf(events: Iterable<Recorded>, stepMs: number, atMs: number): Series {
  const series = openSeries(stepMs)
  let state = initialState
  for (const event of events) {
    series.before(state, event)
    state = evolve(state, event)
  }
  return series.read(state, atMs)
}
