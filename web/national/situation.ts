import type { ExerciseView, NationalView } from '#exercise/views/views.ts'
import { fewNames } from '../kit/few-names.ts'
import type { Say } from '../kit/i18n/use-say.ts'

/** Services that one sentence names one by one. */
const NAMED = 4

/** The situation in one sentence, with the services' names in the viewer's language. */
export function situationText(say: Say, view: NationalView, exercise: ExerciseView): string {
  const known = exercise.teams[0]?.services ?? []
  const names = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const service = known.find((one) => one.id === id)
      return service ? [say.text(service.title)] : []
    })
  return say.code(view.situation.code, {
    services: fewNames(say, names(view.situation.services), NAMED),
    dependents: fewNames(say, names(view.situation.dependents), NAMED),
  })
}

/** What stands beside it: who is being helped, what everybody is waiting for, or how it ended. No rank: guests see nations. */
export function detailText(say: Say, view: NationalView, exercise: ExerciseView): string {
  if (view.phase === 'paused') return say('situation.detail.paused')
  if (view.phase === 'ended') {
    const judged = exercise.teams
      .flatMap((team) => team.attacks)
      .filter(({ state }) => state !== 'void' && state !== 'planned')
    return say('situation.detail.ended', {
      blocked: judged.filter(({ state }) => state === 'blocked').length,
      total: judged.length,
      works: view.working,
      services: view.services.length,
    })
  }
  if (view.phase !== 'running') return say('situation.detail.still')
  const names = (state: 'restoring' | 'under-pressure') =>
    fewNames(
      say,
      view.countries.filter((country) => country.state === state).map((country) => say.text(country.name)),
      4,
    )
  const restoring = names('restoring')
  if (restoring) return say('situation.detail.restoring', { teams: restoring })
  const pressed = names('under-pressure')
  if (pressed) return say('situation.detail.pressure', { teams: pressed })
  return say('situation.detail.holding')
}
