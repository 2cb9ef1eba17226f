import { Shell } from '../app/shell.tsx'
import { FrozenNote } from '../control/frozen-note.tsx'
import { WorldLines } from '../control/world-lines.tsx'
import { useExercise, useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { LiveRegion } from '../kit/live-region.tsx'
import { Matrix } from '../kit/matrix.tsx'
import { Outcome } from '../kit/outcome.tsx'
import { StoryFeed } from '../kit/story-feed.tsx'
import { useTime } from '../kit/use-time.ts'
import { PointsOverTime } from './points-over-time.tsx'
import './scoreboard.css'
import { Standings } from './standings.tsx'
import { Techniques } from './techniques.tsx'

/** With more teams than these, rows are narrow and the page may scroll. */
const FEW = 6

/** The public scoreboard; with techniques it is the observer's. */
export function ScoreboardPage({ withTechniques }: { readonly withTechniques: boolean }) {
  const say = useSay()
  const view = useExercise()
  const state = useExerciseState()
  const time = useTime()
  const leader = view.teams[0]
  return (
    <Shell
      title={say(withTechniques ? 'observer.title' : 'scoreboard.title')}
      className="scoreboard"
      aside={<span className="soft num">{say('scoreboard.asOf', { time })}</span>}
    >
      <div className="board-page">
        {view.frozenMs === undefined && <Outcome view={view} />}
        <WorldLines view={view} />
        <div
          className={`board ${withTechniques ? 'with-techniques' : ''} ${view.teams.length > FEW ? 'many' : ''}`}
        >
          <section className="board-standings card" aria-labelledby="standings">
            <h2 id="standings">{say('standings.title')}</h2>
            <FrozenNote view={view} />
            <Standings view={view} full={state.scenario.scoring} />
          </section>
          <section className="board-series card" aria-labelledby="series">
            <PointsOverTime view={view} />
          </section>
          <section className="board-matrix card" aria-labelledby="matrix">
            <h2 id="matrix">{say('matrix.title')}</h2>
            <Matrix view={view} />
          </section>
          <section className="board-story card" aria-labelledby="story">
            <StoryFeed view={view} limit={12} id="story" />
          </section>
          {withTechniques && <Techniques view={view} />}
        </div>
      </div>
      <LiveRegion
        summary={
          leader
            ? say('scoreboard.summary', {
                team: say.text(leader.name),
                count: Math.round(leader.score.total),
              })
            : ''
        }
      />
    </Shell>
  )
}
