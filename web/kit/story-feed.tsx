import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react'
import type { ExerciseView, StoryItem } from '#exercise/views.ts'
import './story.css'
import { type Params, type Say, useSay } from './i18n/use-say.ts'

const TONES = { good: CircleCheck, bad: CircleX, warning: TriangleAlert, neutral: Info } as const

/** A story item in the viewer's words: its ids become names. */
export function storyText(say: Say, view: ExerciseView, item: StoryItem): string {
  const team = view.teams.find((known) => known.id === item.team)
  const service = view.teams[0]?.services.find((known) => known.id === item.service)
  const attack = team?.attacks.find((known) => known.attack === item.attack)
  const phase = view.phases.find((known) => known.id === item.params.phase)
  return say.code(item.code, {
    ...namedParams(say, item.params),
    ...(team ? { team: say.text(team.name) } : {}),
    ...(service ? { service: say.text(service.title) } : {}),
    plain: attack ? say.text(attack.plain) : '',
    ...(phase ? { phase: say.text(phase.title) } : {}),
  })
}

/** Newest first. What no longer fits is cut off below: the feed never scrolls a projector. */
export function StoryFeed({ view, limit }: { readonly view: ExerciseView; readonly limit: number }) {
  const say = useSay()
  const items = view.story.slice(-limit).reverse()
  if (items.length === 0) return <p className="soft">{say('story.empty')}</p>
  return (
    <ol className="story">
      {items.map((item) => {
        const Icon = TONES[item.tone]
        return (
          <li key={item.position} className={`story-item story-${item.tone}`}>
            <span className="story-time num">{say.clock(item.atMs)}</span>
            <Icon aria-hidden="true" size="1.25em" className="story-icon" />
            <span>{storyText(say, view, item)}</span>
          </li>
        )
      })}
    </ol>
  )
}

/** Ids among the parameters, as words: pilots, categories, durations. */
function namedParams(say: Say, params: StoryItem['params']): Params {
  const named = Object.entries(params).map(([name, value]) => {
    if (name === 'from' || name === 'to') return [name, say.code(`pilot.${value}`)]
    if (name === 'category') return [name, say.code(`category.${value}`)]
    if (typeof value === 'number' && (name === 'ms' || name.endsWith('Ms'))) return [name, say.span(value)]
    return [name, value]
  })
  return Object.fromEntries(named)
}
