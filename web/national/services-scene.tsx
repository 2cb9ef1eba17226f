import { ToldLine, WorldLines } from '../control/world-lines.tsx'
import { useNational } from '../feed/use-national.ts'
import { useExercise, useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { StoryFeed } from '../kit/story-feed.tsx'
import { Affected } from './affected.tsx'
import { Countries } from './countries.tsx'
import { DataFlow } from './data-flow.tsx'
import { ExerciseDay } from './exercise-day.tsx'
import { NO_NEWS } from './scenes.ts'
import { Sentence } from './sentence.tsx'
import { ServiceTile } from './service-tile.tsx'
import { detailText } from './situation.ts'
import { namesOf } from './wall-lines.tsx'

/** Every public service as a tile, beside what is told of it. */
export function ServicesScene({ big }: { readonly big: boolean }) {
  const say = useSay()
  const view = useNational()
  const exercise = useExercise()
  const { scenario } = useExerciseState()
  const { service: nameOf } = namesOf(say, exercise)
  const rows = rowsOf(view.services.length, big)
  const columns = Math.ceil(view.services.length / rows)
  return (
    <div className="national-grid of-services">
      <section className="national-situation" aria-label={say('national.situation')}>
        <Sentence view={view} exercise={exercise} />
        <p className="national-detail soft">{detailText(say, view, exercise)}</p>
        <WorldLines view={exercise} />
        <ToldLine />
      </section>
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
      <div className="national-side">
        <Affected view={view} population={scenario.population * exercise.teams.length} />
        <section className="national-story card" aria-labelledby="national-story">
          <StoryFeed view={exercise} limit={big ? 4 : 8} id="national-story" without={NO_NEWS} />
        </section>
      </div>
      {!big && <DataFlow services={scenario.services} view={view} />}
      {!big && <Countries view={view} />}
      <ExerciseDay view={exercise} />
    </div>
  )
}

/** Rows of tiles, so that none is too narrow for its name. */
const rowsOf = (services: number, big: boolean): number => {
  if (services <= (big ? 3 : 5)) return 1
  return services <= (big ? 8 : 10) ? 2 : 3
}
