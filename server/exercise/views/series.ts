import { evolve } from '../fold/evolve.ts'
import { initialState, type State } from '../fold/state.ts'
import type { Recorded } from '../ledger/events.ts'
import { scoreAt } from '../scoring/scoring.ts'
import type { Series } from './views.ts'

/** Points over time, sampled every `stepMs` of exercise time while events are folded. Plain data: a snapshot holds it as it is. */
export interface SampledPoints {
  readonly stepMs: number
  /** So many samples are final: at 0, at `stepMs`, and so on. */
  readonly count: number
  /** Of each team its total at each sample. */
  readonly totals: Readonly<Record<string, readonly number[]>>
}

/** About 240 samples over an exercise, a whole number of seconds apart. */
export const stepFor = (durationMs: number): number => Math.max(1000, Math.ceil(durationMs / 240_000) * 1000)

export const noPoints = (stepMs: number): SampledPoints => ({ stepMs, count: 0, totals: {} })

/** A sample holds all that happened up to and at its moment: it is final when something later happens. */
export const isSampleDue = ({ count, stepMs }: SampledPoints, event: Recorded): boolean =>
  count * stepMs < event.at

/** With the samples that `event` makes final; `state` is the one before it. */
export function sampledBefore(points: SampledPoints, state: State, event: Recorded): SampledPoints {
  if (state.teams.length === 0) return points
  const { stepMs } = points
  // Of time that is skipped nothing is won or lost.
  const playedMs = event.type === 'exercise.skipped' ? event.data.fromMs : event.at
  const moments: number[] = []
  for (let at = points.count * stepMs; at < event.at; at += stepMs) moments.push(Math.min(at, playedMs))
  return {
    stepMs,
    count: points.count + moments.length,
    totals: Object.fromEntries(
      state.teams.map(({ id }) => [
        id,
        [...(points.totals[id] ?? []), ...moments.map((at) => scoreAt(state, id, at).total)],
      ]),
    ),
  }
}

/** All samples up to `atMs`, and one at `atMs`; those after the last event are not final. */
export function seriesAt({ stepMs, count, totals }: SampledPoints, state: State, atMs: number): Series {
  const open: number[] = []
  for (let at = count * stepMs; at < atMs; at += stepMs) open.push(at)
  open.push(atMs)
  const final = Array.from({ length: count }, (_, index) => index * stepMs)
  const teams = state.teams.map(({ id }) => ({
    id,
    totals: [...(totals[id] ?? []), ...open.map((at) => scoreAt(state, id, at).total)],
  }))
  return { timesMs: [...final, ...open], teams }
}

/** The series of a whole stream of events up to `atMs`. */
export function seriesOf(events: Iterable<Recorded>, stepMs: number, atMs: number): Series {
  let points = noPoints(stepMs)
  let state = initialState
  for (const event of events) {
    points = sampledBefore(points, state, event)
    state = evolve(state, event)
  }
  return seriesAt(points, state, atMs)
}
