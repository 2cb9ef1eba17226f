import { serviceOfHandle } from '#exercise/scenario/weaknesses.ts'
import type { ScoreLine } from '#exercise/scoring/score.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import type { Say } from './i18n/use-say.ts'

const PARTS = ['up', 'slow', 'broken', 'down'] as const

/** A score line of a team in the viewer's words: ids become names, durations become words. */
export function scoreText(say: Say, view: ExerciseView, teamId: string, line: ScoreLine): string {
  const team = view.teams.find((known) => known.id === teamId)
  const serviceId = line.service ?? hinted(line)
  const service = team?.services.find((known) => known.id === serviceId)
  const attack = team?.attacks.find((known) => known.attack === line.attack)
  const persona = view.personas.find((known) => known.id === line.params.persona)
  const inject = view.injects.find((known) => known.id === line.params.inject)
  const written = Object.entries(line.params).map(([name, value]) => [
    name,
    typeof value === 'number' && name.endsWith('Ms') ? say.span(value) : value,
  ])
  return say.code(`score.${line.code}`, {
    ...Object.fromEntries(written),
    ...(persona ? { persona: say.text(persona.name) } : {}),
    service: service ? say.text(service.title) : (serviceId ?? ''),
    attack: attack ? say.text(attack.title) : (line.attack ?? ''),
    ...(line.params.inject === undefined
      ? {}
      : {
          inject: inject
            ? say.text(inject.title)
            : say('inbox.number', { n: Number(line.params.number ?? 0) }),
        }),
    parts: partsOf(say, line),
  })
}

/** How long a service was in each state: only those in which it was. */
function partsOf(say: Say, line: ScoreLine): string {
  const parts = PARTS.flatMap((part) => {
    const ms = Number(line.params[`${part}Ms`] ?? 0)
    return ms >= 500 ? [say(`score.part.${part}`, { span: say.span(ms) })] : []
  })
  return parts.length > 0 ? say.list(parts) : say('score.part.none')
}

/** The line of a hint says only the weakness that it is about: `hint/tax-1/2`. */
function hinted({ id }: ScoreLine): string | null {
  const [kind, weakness] = id.split('/')
  return kind === 'hint' && weakness ? serviceOfHandle(weakness) : null
}
