import { CircleCheck, CircleX, Info, Pause, Play, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { StoryItem } from '#exercise/fold/story-item.ts'
import type { ExerciseView } from '#exercise/views/views.ts'
import './story.css'
import { type Params, type Say, useSay } from './i18n/use-say.ts'
import { saidReason } from './said-reason.ts'

const TONES = { good: CircleCheck, bad: CircleX, warning: TriangleAlert, neutral: Info } as const

/** A story item in the viewer's words: its ids become names. */
export function storyText(say: Say, view: ExerciseView, item: StoryItem): string {
  const team = view.teams.find((known) => known.id === item.team)
  const service = view.teams[0]?.services.find((known) => known.id === item.service)
  const attack = team?.attacks.find((known) => known.attack === item.attack)
  const journey = service?.journeys.find((known) => known.id === item.params.journey)
  const persona = view.personas.find((known) => known.id === item.params.persona)
  const inject = view.injects.find((known) => known.id === item.params.inject)
  // Entries of the timeline are white's to read of.
  const named =
    [...view.injects, ...view.phases, ...view.held].find((known) => known.id === item.params.entry) ??
    view.teams.flatMap(({ attacks }) => attacks).find((known) => known.attack === item.params.entry)
  const world = view.world?.find((known) => known.entry === item.params.entry)
  const phase = view.phases.find((known) => known.id === item.params.phase)
  // Nothing was said about the pause.
  const code = item.code === 'story.exercise.paused' && !item.params.reason ? 'situation.paused' : item.code
  return say.code(code, {
    ...namedParams(say, item.params),
    ...(team ? { team: say.text(team.name) } : {}),
    ...(service ? { service: say.text(service.title) } : {}),
    ...(journey ? { journey: say.text(journey.title) } : {}),
    ...(persona ? { persona: say.within(say.text(persona.name)) } : {}),
    ...(inject ? { inject: say.text(inject.title) } : {}),
    publicText: attack ? say.text(attack.publicText) : '',
    ...(named ? { entry: say.text(named.title) } : {}),
    ...(world ? { title: say.text(world.title), publicText: say.text(world.publicText) } : {}),
    ...(phase ? { phase: say.text(phase.title) } : {}),
  })
}

/**
 * Newest first, under its heading. What no longer fits is cut off below: the feed never scrolls a projector. It can be held,
 * to be read in peace; it says how many have come meanwhile.
 */
export function StoryFeed(props: {
  readonly view: ExerciseView
  readonly limit: number
  /** Id of the heading: the section around it is named by it. */
  readonly id: string
  /** Codes of what is no news here. */
  readonly without?: readonly string[]
}) {
  const say = useSay()
  const { view } = props
  const [heldAt, setHeldAt] = useState<number | null>(null)
  const last = view.story.at(-1)?.position ?? 0
  const news = view.story.filter(({ code }) => !props.without?.includes(code))
  const shown = heldAt === null ? news : news.filter((item) => item.position <= heldAt)
  const items = shown.slice(-props.limit).reverse()
  const missed = news.length - shown.length
  return (
    <>
      <div className="story-head">
        <h2 id={props.id}>{say(view.phase === 'ended' ? 'story.past' : 'national.story')}</h2>
        {(items.length > 0 || heldAt !== null) && view.phase !== 'ended' && (
          <button
            type="button"
            className="button"
            aria-label={say(heldAt === null ? 'story.hold' : 'story.goOn')}
            title={say(heldAt === null ? 'story.hold' : 'story.goOn')}
            onClick={() => setHeldAt(heldAt === null ? last : null)}
          >
            {heldAt === null ? (
              <Pause aria-hidden="true" size="1.1em" />
            ) : (
              <Play aria-hidden="true" size="1.1em" />
            )}
            {missed > 0 && <span>{say('story.missed', { count: missed })}</span>}
          </button>
        )}
      </div>
      {items.length === 0 && <p className="soft">{say('story.empty')}</p>}
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
    </>
  )
}

/** Ids among the parameters, as words: pilots, categories, durations. */
function namedParams(say: Say, params: StoryItem['params']): Params {
  const named = Object.entries(params).map(([name, value]) => {
    if (name === 'from' || name === 'to') return [name, say.code(`pilot.${value}`)]
    if (name === 'reason') return [name, saidReason(say, String(value))]
    if (name === 'points') return ['count', value]
    if (name === 'category') return [name, say.code(`category.${value}`)]
    if (typeof value === 'number' && (name === 'ms' || name.endsWith('Ms'))) return [name, say.span(value)]
    return [name, value]
  })
  return Object.fromEntries(named)
}
