import type { Standings } from '../fold/control-state.ts'
import type { State } from '../fold/state.ts'
import type { ScoreView } from '../scenario/score-view.ts'
import { scoredAt } from '../scoring/scoring.ts'

/** So far back standings compare themselves. */
const LOOK_BACK_MS = 600_000
/** Marks stand no closer. */
const LEAST_MS = 60_000

/** A team's score at a moment. */
export interface TeamMark {
  readonly score: ScoreView
  /** What each line of the score had lost, by its id: below nothing where it had won more than was possible. Lines that lost nothing are not in it. */
  readonly lost: Readonly<Record<string, number>>
}

/**
 * All scores at a moment of the past: the state itself only knows those of now. Its lines have the ids that every audience's lines have, so it
 * tells nobody what they may not know.
 */
export interface ScoreMark {
  readonly atMs: number
  readonly teams: Readonly<Record<string, TeamMark>>
}

/** A whole number of samples, and a minute at least. */
export const markStepMs = (stepMs: number): number => Math.ceil(LEAST_MS / stepMs) * stepMs

/** What is looked back to from `atMs`: ten minutes before, or the mark before that; the beginning while there is not so much. */
export function lookBackMs(stepMs: number, atMs: number): number {
  const step = markStepMs(stepMs)
  return Math.max(0, Math.floor((atMs - LOOK_BACK_MS) / step) * step)
}

/** The mark of `atMs`; `playedMs`: where time was skipped, when it was. `state` holds no event that is later. */
export function markOf(state: State, atMs: number, playedMs: number = atMs): ScoreMark {
  const teams = state.teams.map(({ id }): [string, TeamMark] => {
    const { score, entries, quantum } = scoredAt(state, id, playedMs)
    const lost = entries
      .filter(({ points, possible }) => possible !== points)
      .map((line): [string, number] => [line.id, (line.possible - line.points) / quantum])
    return [id, { score, lost: Object.fromEntries(lost) }]
  })
  return { atMs, teams: Object.fromEntries(teams) }
}

/** Those of `marks` that may still be looked back to: from the newest on, and from standings that are held back. */
export function keptMarks(
  marks: readonly ScoreMark[],
  stepMs: number,
  held: Standings | null,
): readonly ScoreMark[] {
  const fromMs = lookBackMs(stepMs, marks.at(-1)?.atMs ?? 0)
  const heldMs = held && lookBackMs(stepMs, held.atMs)
  return marks.filter(({ atMs }) => atMs >= fromMs || atMs === heldMs)
}

/** The mark of `atMs`: one that was made, or, where nothing has happened since, the scores of then. */
export const markAt = (
  { marks }: { readonly marks: readonly ScoreMark[] },
  state: State,
  atMs: number,
): ScoreMark => marks.find((mark) => mark.atMs === atMs) ?? markOf(state, atMs)
