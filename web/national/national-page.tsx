import { Expand, Shrink } from 'lucide-react'
import { linkTo, PICTURES, shownBoard, useRoute } from '../app/route.ts'
import { Shell } from '../app/shell.tsx'
import { ToldLine, WorldLines } from '../control/world-lines.tsx'
import { useExercise, useExerciseState, useNational } from '../feed/use-view.ts'
import { BoardViews } from '../kit/board-views.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { LiveRegion } from '../kit/live-region.tsx'
import { StoryFeed } from '../kit/story-feed.tsx'
import { Affected } from './affected.tsx'
import { AffectedCurve } from './affected-curve.tsx'
import { Countries } from './countries.tsx'
import { DataFlow } from './data-flow.tsx'
import { ExerciseDay } from './exercise-day.tsx'
import '../kit/css-properties.ts'
import { LifeList } from './life-list.tsx'
import { ServiceTile } from './service-tile.tsx'
import { detailText, situationText, untoldText } from './situation.ts'
import './national.css'
import './big-screen.css'
import { WallNumbers } from './wall-numbers.tsx'

/** Sentences wider than so many letters are set smaller, so that they stay on two lines. */
const LONG = 80

/** What teams do at their desks pushes no outage out of a minister's sight. */
const NO_NEWS = ['story.ticket.answered', 'story.hint.taken']

/** Of what people want to do, so much has room on a page and on a big screen. */
const LIFE = 12
const BIG_LIFE = 8

/** The picture for a minister: what works, for whom it does not, and what is being done, in ten seconds. */
export function NationalPage() {
  const say = useSay()
  const route = useRoute()
  const { big } = route
  const shown = shownBoard(route, PICTURES)
  const view = useNational()
  const exercise = useExercise()
  const { scenario } = useExerciseState()
  const situation = situationText(say, view, exercise)
  const nameOf = (id: string) => {
    const service = scenario.services.find((known) => known.id === id)
    return service ? say.text(service.title) : id
  }
  const rows = rowsOf(view.services.length, big)
  const columns = Math.ceil(view.services.length / rows)
  return (
    <Shell
      title={say('national.title')}
      className="national"
      tools={
        <>
          {!big && <BoardViews boards={PICTURES} nameOf={(picture) => say(`wall.${picture}`)} />}
          <a
            className="button"
            href={linkTo('national', null, !big)}
            aria-label={say(big ? 'national.small' : 'national.big')}
          >
            {big ? <Shrink aria-hidden="true" size="1.2em" /> : <Expand aria-hidden="true" size="1.2em" />}
            {!big && say('national.big')}
          </a>
        </>
      }
    >
      <div className={`national-grid of-${shown}`}>
        <section className="national-situation" aria-label={say('national.situation')}>
          <p className="national-sentence" data-long={widthOf(situation) > LONG || undefined}>
            {situation}
          </p>
          <p className="national-detail soft">{detailText(say, view, exercise)}</p>
          <WorldLines view={exercise} />
          <ToldLine />
        </section>
        {shown === 'situation' && (
          <div className="national-picture">
            <AffectedCurve view={view} />
            <LifeList view={view} most={big ? BIG_LIFE : LIFE} nameOf={nameOf} />
          </div>
        )}
        {shown === 'services' && (
          <section className="national-services" aria-labelledby="national-services">
            <h2 id="national-services">
              {say('national.services')}{' '}
              <span className="soft">
                {say('national.working', { n: view.working, total: view.services.length })}
              </span>
            </h2>
            <ul
              className={`national-tiles ${['one-row', 'two-rows', 'many'][Math.min(rows, 3) - 1]}`}
              style={{ '--columns': Math.max(1, columns) }}
            >
              {view.services.map((service) => (
                <ServiceTile
                  key={service.id}
                  service={service}
                  atMs={view.atMs}
                  durationMs={exercise.durationMs}
                  teams={exercise.teams.length}
                  nameOf={nameOf}
                />
              ))}
            </ul>
          </section>
        )}
        <div className="national-side">
          <Affected view={view} population={scenario.population * exercise.teams.length} />
          {shown === 'situation' && <WallNumbers view={view} />}
          <section className="national-story card" aria-labelledby="national-story">
            <StoryFeed view={exercise} limit={big ? 4 : 8} id="national-story" without={NO_NEWS} />
          </section>
        </div>
        {shown === 'services' && !big && <DataFlow services={scenario.services} view={view} />}
        {shown === 'services' && !big && <Countries view={view} />}
        <ExerciseDay view={exercise} />
      </div>
      <LiveRegion
        summary={
          untoldText(say, view)
            ? situation
            : `${situation} ${say('national.affected', { count: view.affected })}`
        }
      />
    </Shell>
  )
}

/** Rows of tiles, so that none is too narrow for its name. */
const rowsOf = (services: number, big: boolean): number => {
  if (services <= (big ? 3 : 5)) return 1
  return services <= (big ? 8 : 10) ? 2 : 3
}

/** In letters: a Chinese character is as wide as two. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (letter > '\u2fff' ? 2 : 1), 0)
