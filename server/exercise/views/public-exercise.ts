import { type State, viewAt } from '../fold/state.ts'
import { scoreAt } from '../scoring/scoring.ts'
import type { PublicExercise } from '../wire/protocol.ts'
import { breached } from './service-view.ts'

/** What `GET /api/exercise` says, safe for guests. Teams in the order of the scenario; times in ms of exercise time. */
export function publicExercise(state: State, atMs: number): PublicExercise {
  const at = viewAt(state, atMs)
  return {
    id: state.exerciseId,
    scenario: state.scenario.slug,
    phase: state.phase,
    clock: { exerciseMs: at, speed: state.speed },
    teams: state.teams.map((team) => ({
      id: team.id,
      name: team.name.en,
      pilot: team.pilot,
      score: scoreAt(state, team.id, at),
      services: team.services.map(({ id, verdict, sinceMs }) => ({
        id,
        verdict,
        since: sinceMs,
        breached: breached(team, id),
      })),
    })),
  }
}
