import type { Moment, ScoredMoment } from '#exercise/views/own-story/moment.ts'
import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import type { Say } from '../kit/i18n/use-say.ts'
import { scoreText } from '../kit/score-text.ts'

/** What has happened, in the viewer's words: ids become names, shares and durations become text. */
export function momentText(say: Say, view: ExerciseView, team: TeamView, moment: Moment): string {
  const { code, title, params } = moment
  const persona = view.personas.find(({ id }) => id === params.persona)
  return say(`moment.${code}`, {
    ...params,
    title: title ? say.text(title) : '',
    service: serviceName(say, team, moment.service),
    persona: persona ? say.within(say.text(persona.name)) : '',
    category: params.category === undefined ? '' : say.code(`category.${params.category}`),
    ...(typeof params.share === 'number' && { share: say.percent(params.share) }),
    ...(typeof params.ms === 'number' && { ms: say.span(params.ms) }),
  })
}

export function serviceName(say: Say, team: TeamView, id: string | null): string {
  const service = team.services.find((known) => known.id === id)
  return service ? say.text(service.title) : (id ?? '')
}

/** What a line of the score says beside what decided it: what was earned of how much, or was taken. */
export function lineText(
  say: Say,
  view: ExerciseView,
  team: TeamView,
  line: ScoredMoment['lines'][number],
): string {
  const why = scoreText(say, view, team.id, line)
  return line.possible > 0
    ? say('moment.score', { points: say.points(line.points), possible: say.points(line.possible), why })
    : say('moment.taken', { points: say.points(line.points), why })
}
