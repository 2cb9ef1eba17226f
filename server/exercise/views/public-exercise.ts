import { type State, viewAt } from '../fold/state.ts'
import type { Phase } from '../scenario/model.ts'
import type { Verdict } from '../scenario/words.ts'
import type { ScoreView } from '../scoring/score.ts'
import { shownScore } from './frozen.ts'
import { breached } from './service-view.ts'

/** `GET /api/exercises/ID`, and `GET /api/exercise` for the current one: safe for guests. */
export interface PublicExercise {
  readonly id: string
  readonly scenario: string
  readonly phase: Phase
  readonly clock: { readonly exerciseMs: number; readonly speed: number }
  /** The scores are those of this moment: the standings are held back. */
  readonly frozenMs?: number
  readonly teams: readonly {
    readonly id: string
    readonly name: string
    readonly pilot: string
    readonly score: ScoreView
    readonly services: readonly {
      readonly id: string
      readonly verdict: Verdict
      readonly since: number
      readonly breached: boolean
    }[]
  }[]
}

/** What `GET /api/exercise` says, safe for guests. Teams in the order of the scenario; times in ms of exercise time. */
export function publicExercise(state: State, atMs: number): PublicExercise {
  const at = viewAt(state, atMs)
  return {
    id: state.exerciseId,
    scenario: state.scenario.slug,
    phase: state.phase,
    clock: { exerciseMs: at, speed: state.speed },
    ...(state.standings && { frozenMs: state.standings.atMs }),
    teams: state.teams.map((team) => ({
      id: team.id,
      name: team.name.en,
      pilot: team.pilot,
      score: shownScore(state, team.id, at, { seat: 'guest' }),
      services: team.services.map(({ id, verdict, sinceMs }) => ({
        id,
        verdict,
        since: sinceMs,
        breached: breached(team, id),
      })),
    })),
  }
}
