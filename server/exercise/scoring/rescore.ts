import type { State } from '../fold/state.ts'
import type { ScoringWeights } from '../scenario/model.ts'
import { CATEGORIES, type Category } from '../scenario/words.ts'
import type { ScoreView } from './score.ts'
import { better, scoreAt } from './scoring.ts'

/** A team by the record and by other weights. */
export interface RescoredTeam {
  readonly team: string
  readonly record: ScoreView
  readonly other: ScoreView
  /** Places, the best is 1; equal scores share one. */
  readonly recordRank: number
  readonly otherRank: number
}

/** Which two teams of the record's order may change places, and by what weights: factors of each category's points. */
export interface Overtaking {
  readonly ahead: string
  readonly behind: string
  readonly factors: Readonly<Record<Category, number>>
}

/** An order of teams under all weights within a part of the record's. */
export interface Sturdiness {
  /** 0.2: each category's points may be 20 % less or more. */
  readonly within: number
  /** Null: no such weights were found. */
  readonly broken: Overtaking | null
}

const withScoring = (state: State, scoring: ScoringWeights): State => ({
  ...state,
  scenario: { ...state.scenario, scoring },
})

/** The same facts by other weights, in the order of the record. The state and what it says of points stay as they are. */
export function rescore(state: State, atMs: number, scoring: ScoringWeights): readonly RescoredTeam[] {
  const other = withScoring(state, scoring)
  const teams = state.teams.map(({ id: team }) => ({
    team,
    record: scoreAt(state, team, atMs),
    other: scoreAt(other, team, atMs),
  }))
  const rankIn = (of: 'record' | 'other', score: ScoreView) =>
    1 + teams.filter((one) => better(one[of], score) < 0).length
  return teams
    .map((one) => ({
      ...one,
      recordRank: rankIn('record', one.record),
      otherRank: rankIn('other', one.other),
    }))
    .toSorted((a, b) => a.recordRank - b.recordRank)
}

/**
 * Whether the order of the record holds under any weights within `within` of its own: tried at every corner of what is allowed (each category at its least
 * or its most), which decides it where all teams could win the same points; where they could not (something was void for one), a weight in
 * between may still break what holds at all corners. Teams that share a place may be in any order.
 */
export function sturdiness(state: State, atMs: number, within: number): Sturdiness {
  const steps = sturdinessSteps(state, atMs, within)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same in steps, one for each corner, so that a page can do other things between them. */
export function* sturdinessSteps(
  state: State,
  atMs: number,
  within: number,
): Generator<void, Sturdiness, void> {
  const { scoring } = state.scenario
  const used = CATEGORIES.filter((category) => scoring[category] > 0)
  const record = new Map(state.teams.map(({ id }) => [id, scoreAt(state, id, atMs)]))
  for (let corner = 0; corner < 2 ** used.length; corner += 1) {
    const factorOf = (category: Category) => {
      const nth = used.indexOf(category)
      return nth < 0 ? 1 : 1 + ((corner >> nth) & 1 ? within : -within)
    }
    const weights = Object.fromEntries(CATEGORIES.map((one) => [one, scoring[one] * factorOf(one)]))
    const other = withScoring(state, { ...scoring, ...weights })
    const scores = state.teams.map(({ id }) => ({ id, score: scoreAt(other, id, atMs) }))
    for (const ahead of scores)
      for (const behind of scores) {
        const [a, b] = [record.get(ahead.id), record.get(behind.id)]
        if (!a || !b || better(a, b) >= 0 || better(ahead.score, behind.score) <= 0) continue
        const factors = Object.fromEntries(CATEGORIES.map((one) => [one, factorOf(one)]))
        return {
          within,
          broken: { ahead: ahead.id, behind: behind.id, factors: factors as Overtaking['factors'] },
        }
      }
    yield
  }
  return { within, broken: null }
}
