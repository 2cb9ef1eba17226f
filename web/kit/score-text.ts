import type { ExerciseView, ScoreLine } from '#exercise/views.ts'
import type { Say } from './i18n/use-say.ts'

/** A score line in the viewer's words: ids become names, durations become words. */
export function scoreText(say: Say, view: ExerciseView, line: ScoreLine): string {
  const services = view.teams[0]?.services ?? []
  const service = services.find((known) => known.id === line.service)
  const journey = service?.journeys.find((known) => known.id === line.params.journey)
  const attack = view.teams.flatMap((team) => team.attacks).find((known) => known.attack === line.attack)
  const written = Object.fromEntries(
    Object.entries(line.params).map(([name, value]) => [
      name,
      typeof value === 'number' && name.endsWith('Ms') ? say.span(value) : value,
    ]),
  )
  return say.code(`score.${line.code}`, {
    ...written,
    service: service ? say.text(service.title) : (line.service ?? ''),
    journey: journey ? say.text(journey.title) : '',
    attack: attack ? say.text(attack.title) : (line.attack ?? ''),
  })
}
