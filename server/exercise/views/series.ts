import { evolve } from '../fold/evolve.ts'
import { initialState, type State } from '../fold/state.ts'
import type { Recorded } from '../ledger/events.ts'
import { scoreAt } from '../scoring/scoring.ts'
import { keptMarks, markOf, markStepMs, type ScoreMark } from './score-marks.ts'
import type { Series } from './views.ts'

/** Points lost over time, sampled every `stepMs` of exercise time while events are folded. Plain data: a snapshot holds it as it is. */
export interface LossSamples {
  readonly stepMs: number
  /** So many samples are final: at 0, at `stepMs`, and so on. */
  readonly count: number
  /** Of each team what it had lost at each sample. */
  readonly lost: Readonly<Record<string, readonly number[]>>
  /** What the scores were made of at some of the latest samples: those that somebody may still look back to. */
  readonly marks: readonly ScoreMark[]
}

/** About 240 samples over an exercise, a whole number of seconds apart. */
export const stepFor = (durationMs: number): number => Math.max(1000, Math.ceil(durationMs / 240_000) * 1000)

export const noLosses = (stepMs: number): LossSamples => ({
  stepMs,
  count: 0,
  lost: {},
  marks: [],
})

/** A sample holds all that happened up to and at its moment: it is final when something later happens. */
export const isSampleDue = ({ count, stepMs }: LossSamples, event: Recorded): boolean =>
  count * stepMs < event.at

/** With the samples that `event` makes final; `state` is the one before it. */
export function sampledBefore(losses: LossSamples, state: State, event: Recorded): LossSamples {
  if (state.teams.length === 0) return losses
  const { stepMs, count } = losses
  // Of time that is skipped nothing is won or lost.
  const playedMs = event.type === 'exercise.skipped' ? event.data.fromMs : event.at
  const moments: number[] = []
  for (let at = count * stepMs; at < event.at; at += stepMs) moments.push(Math.min(at, playedMs))
  const made = moments.map((at, nth) => {
    const atMs = (count + nth) * stepMs
    return atMs % markStepMs(stepMs) === 0 ? markOf(state, atMs, at) : null
  })
  // Scoring is the dear part of it: a mark knows what was lost.
  const lostThen = (id: string) =>
    moments.map((at, nth) => {
      const score = made[nth]?.teams[id]?.score
      return score ? score.possible - score.total : lostAt(state, id, at)
    })
  const lost = state.teams.map(({ id }) => [id, [...(losses.lost[id] ?? []), ...lostThen(id)]])
  const marks = made.filter((mark) => mark !== null)
  return {
    stepMs,
    count: count + moments.length,
    lost: Object.fromEntries(lost),
    marks: marks.length > 0 ? keptMarks([...losses.marks, ...marks], stepMs, state.standings) : losses.marks,
  }
}

/** All samples up to `atMs`, and one at `atMs`; those after the last event are not final. */
export function seriesAt({ stepMs, count, lost }: LossSamples, state: State, atMs: number): Series {
  const open: number[] = []
  for (let at = count * stepMs; at < atMs; at += stepMs) open.push(at)
  open.push(atMs)
  const final = Array.from({ length: count }, (_, index) => index * stepMs)
  const teams = state.teams.map(({ id }) => ({
    id,
    lost: [...(lost[id] ?? []), ...open.map((at) => lostAt(state, id, at))],
  }))
  return { timesMs: [...final, ...open], teams }
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
  let losses = noLosses(stepMs)
  let state = initialState
  for (const event of events) {
    losses = sampledBefore(losses, state, event)
    state = evolve(state, event)
  }
  return seriesAt(losses, state, atMs)
}
