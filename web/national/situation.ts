import type { ExerciseView, NationalView } from '#exercise/views/views.ts'
import { fewNames } from '../kit/few-names.ts'
import type { Say } from '../kit/i18n/use-say.ts'

/** Enclaves are being set up: nobody knows yet what works, and who could use it. */
export const isPreparing = ({ situation }: NationalView): boolean => situation.code === 'situation.preparing'

/** Why nobody can say how many people are without a service; null when it can be said. */
export function untoldText(say: Say, view: NationalView): string | null {
  if (isPreparing(view)) return say('situation.preparing')
  if (view.affected > 0) return null
  if (view.late) return say('national.affected.late')
  return view.situation.code === 'situation.unmeasured' ? say('national.affected.unmeasured') : null
}

/** Services, or teams, that one sentence names one by one. */
const NAMED = 4

/** The situation in a sentence, or in two where one thing follows from another, with the services' names in the viewer's language. */
export function situationText(say: Say, view: NationalView, exercise: ExerciseView): string {
  const known = exercise.teams[0]?.services ?? []
  const names = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const service = known.find((one) => one.id === id)
      return service ? [say.text(service.title)] : []
    })
  const sentences = [
    [view.situation.code, names(view.situation.services)],
    ['situation.effect', names(view.situation.dependents)],
  ] as const
  const told = sentences
    .filter(([, services]) => services.length > 0)
    .map(([code, services]) =>
      say.code(code, { count: services.length, services: fewNames(say, services, NAMED) }),
    )
  if (told.length > 0) return say.sentences(told)
  // Services that this page knows no name of are no situation to tell.
  return say.code(view.situation.services.length > 0 ? 'situation.calm' : view.situation.code)
}

/** What stands beside it: who is being helped, what everybody is waiting for, or how it ended. No rank: guests see nations. */
export function detailText(say: Say, view: NationalView, exercise: ExerciseView): string {
  if (view.phase === 'paused') return say('situation.detail.paused')
  if (view.phase === 'ended') {
    const judged = exercise.teams
      .flatMap((team) => team.attacks)
      .filter(({ state }) => state !== 'void' && state !== 'planned')
    return say('situation.detail.ended', {
      count: judged.length,
      blocked: judged.filter(({ state }) => state === 'blocked').length,
      works: view.working,
      services: view.services.length,
    })
  }
  if (view.phase !== 'running') return say('situation.detail.still')
  if (view.late) return say('situation.detail.late')
  const names = (state: 'restoring' | 'under-pressure') =>
    fewNames(
      say,
      view.countries
        .filter((country) => country.state === state)
        .map((country) => say('names.team', { team: say.text(country.name) })),
      NAMED,
      'names.more.teams',
    )
  const restoring = names('restoring')
  if (restoring) return say('situation.detail.restoring', { teams: restoring })
  const pressed = names('under-pressure')
  if (pressed) return say('situation.detail.pressure', { teams: pressed })
  return say('situation.detail.holding', { count: view.countries.length })
}
