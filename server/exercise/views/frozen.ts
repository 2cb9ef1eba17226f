import type { Standings } from '../fold/control-state.ts'
import type { State } from '../fold/state.ts'
import type { Audience } from '../scenario/model.ts'
import type { ScoreView } from '../scenario/score-view.ts'
import { scoreAt } from '../scoring/scoring.ts'
import { type LossSamples, seriesAt } from './series.ts'
import type { Series } from './views.ts'

/** The standings that an audience sees instead of those of now; null where it sees those of now: nothing is held back, or not from white and observers. */
export const frozenFor = ({ standings }: Pick<State, 'standings'>, { seat }: Audience): Standings | null =>
  seat === 'guest' || seat === 'blue' ? standings : null

/** A team's score as an audience sees it in the standings at `atMs`. */
export const shownScore = (state: State, team: string, atMs: number, audience: Audience): ScoreView =>
  frozenFor(state, audience)?.scores[team] ?? scoreAt(state, team, atMs)

/** The series of points lost as an audience sees it: it stops where the standings do. */
export function seriesFor(losses: LossSamples, state: State, atMs: number, audience: Audience): Series {
  const frozen = frozenFor(state, audience)
  if (!frozen) return seriesAt(losses, state, atMs)
  // Samples that are final by then; what is not is made of the scores of that moment, for the state knows only later ones.
  const count = Math.min(losses.count, Math.ceil(frozen.atMs / losses.stepMs))
  const timesMs = Array.from({ length: count }, (_, index) => index * losses.stepMs)
  const teams = state.teams.map(({ id }) => {
    const { total = 0, possible = 0 } = frozen.scores[id] ?? {}
    return { id, lost: [...(losses.lost[id] ?? []).slice(0, count), possible - total] }
  })
  return { timesMs: [...timesMs, frozen.atMs], teams }
}
