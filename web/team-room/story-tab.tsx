import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { MOMENT_KINDS, type MomentKind, type ScoredMoment } from '#exercise/views/own-story/moment.ts'
import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import { useOwnStory } from '../feed/use-view.ts'
import { actorName } from '../kit/actor-name.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { Told } from '../kit/told.tsx'
import { DueList } from './due-list.tsx'
import { lineText, momentText } from './moment-text.ts'
import { useHeld } from './use-held.ts'
import '../kit/story.css'
import './story-tab.css'

const TONES = { good: CircleCheck, bad: CircleX, warning: TriangleAlert, neutral: Info } as const
/** So many more at a time. */
const PAGE = 60

/** What is due next for a team, and what has happened to it, latest first, with what it did to its score. */
export function StoryTab({ team, view }: { readonly team: TeamView; readonly view: ExerciseView }) {
  const say = useSay()
  const [kind, setKind] = useState<MomentKind | null>(null)
  const [pages, setPages] = useState(1)
  const [touched, setTouched] = useState(false)
  const story = useHeld(useOwnStory(team.id), ({ id }) => id, touched)
  const wanted = story.shown.filter((moment) => kind === null || moment.kind === kind).toReversed()
  const shown = wanted.slice(0, pages * PAGE)
  const more = Math.min(PAGE, wanted.length - shown.length)
  return (
    <div className="story-tab">
      <DueList team={team} />
      <section aria-labelledby="own-story">
        <h2 id="own-story">{say('moment.title')}</h2>
        <fieldset className="moment-filter">
          <legend className="hidden">{say('moment.filter')}</legend>
          {[null, ...MOMENT_KINDS].map((one) => (
            <button
              key={one ?? 'all'}
              type="button"
              className="button"
              aria-pressed={kind === one}
              onClick={() => setKind(one)}
            >
              {say(one === null ? 'moment.all' : `moment.kind.${one}`)}
            </button>
          ))}
        </fieldset>
        <div className="moment-order">
          {story.come > 0 ? (
            <button type="button" className="button" onClick={story.show}>
              {say('moment.new', { count: story.come })}
            </button>
          ) : (
            <span className="soft">{say('moment.upToDate')}</span>
          )}
        </div>
        {shown.length === 0 && <p className="soft">{say('moment.none')}</p>}
        <ol
          className="moments"
          onPointerEnter={() => setTouched(true)}
          onPointerLeave={() => setTouched(false)}
          onFocus={() => setTouched(true)}
          onBlur={() => setTouched(false)}
        >
          {shown.map((moment) => (
            <Row key={moment.id} moment={moment} team={team} view={view} />
          ))}
        </ol>
        {more > 0 && (
          <button type="button" className="button" onClick={() => setPages(pages + 1)}>
            {say('moment.earlier', { count: more })}
          </button>
        )}
      </section>
    </div>
  )
}

function Row(props: { readonly moment: ScoredMoment; readonly team: TeamView; readonly view: ExerciseView }) {
  const say = useSay()
  const { moment, team, view } = props
  const { tone, atMs, said, by, lines } = moment
  const Icon = TONES[tone]
  return (
    <li className={`moment story-${tone}`}>
      <span className="story-time num">{say.clock(atMs)}</span>
      <Icon aria-hidden="true" size="1.25em" className="story-icon" />
      <div className="moment-what">
        <p>
          {momentText(say, view, team, moment)}
          {by && <span className="soft"> · {actorName(say, by)}</span>}
        </p>
        {said !== null && (
          <p className="moment-said" dir="auto">
            {typeof said === 'string' ? said : <Told text={said} />}
          </p>
        )}
      </div>
      {lines.length > 0 && (
        <ul className="moment-lines">
          {lines.map((line) => (
            <li key={line.id}>
              <b>{say(`category.${line.category}`)}</b> {lineText(say, view, team, line)}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
