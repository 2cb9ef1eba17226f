import { Expand, Shrink } from 'lucide-react'
import { BOARDS, go, hrefOf, linkTo, shownBoard, useRoute } from '../app/route.ts'
import { Shell } from '../app/shell.tsx'
import { FrozenNote } from '../control/frozen-note.tsx'
import { WorldLines } from '../control/world-lines.tsx'
import { useExercise, useExerciseState } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { LiveRegion } from '../kit/live-region.tsx'
import { Outcome } from '../kit/outcome.tsx'
import { StoryFeed } from '../kit/story-feed.tsx'
import { useTime } from '../kit/use-time.ts'
import { Board } from './board.tsx'
import { PointsOverTime } from './points-over-time.tsx'
import './scoreboard.css'
import './board.css'
import './print.css'
import { Standings } from './standings.tsx'
import { Techniques } from './techniques.tsx'

/** With more teams than these, rows are narrow and the page may scroll. */
const FEW = 6

/** The public scoreboard; with techniques it is the observer's. A big screen has its main view alone. */
export function ScoreboardPage({ withTechniques }: { readonly withTechniques: boolean }) {
  const say = useSay()
  const route = useRoute()
  const { big } = route
  const view = useExercise()
  const state = useExerciseState()
  const time = useTime()
  const picked = view.teams.find(({ id }) => id === route.pick)?.id ?? null
  const setPicked = (pick: string | null) => go(hrefOf({ ...route, pick }), true)
  const leader = view.teams[0]
  const main = (
    <Board view={view} picked={picked} onPick={(team) => setPicked(team === picked ? null : team)} />
  )
  const look = ['board', withTechniques ? 'with-techniques' : '', view.teams.length > FEW ? 'many' : '']
  return (
    <Shell
      title={say(withTechniques ? 'observer.title' : 'scoreboard.title')}
      className="scoreboard"
      aside={<span className="soft num">{say('scoreboard.asOf', { time })}</span>}
      tools={
        <a
          className="button"
          href={linkTo(withTechniques ? 'observer' : 'scoreboard', null, !big)}
          aria-label={say(big ? 'board.small' : 'board.big')}
        >
          {big ? <Shrink aria-hidden="true" size="1.2em" /> : <Expand aria-hidden="true" size="1.2em" />}
          {!big && say('board.big')}
        </a>
      }
    >
      <div className="board-page">
        {view.frozenMs === undefined && !big && <Outcome view={view} />}
        {!big && <WorldLines view={view} />}
        {big ? (
          main
        ) : (
          <div className={[...look, `of-${shownBoard(route, BOARDS)}`].filter(Boolean).join(' ')}>
            {main}
            <section className="board-standings card" aria-labelledby="standings">
              <h2 id="standings">{say('standings.title')}</h2>
              <FrozenNote view={view} />
              <Standings view={view} full={state.scenario.scoring} />
            </section>
            <section className="board-series card" aria-labelledby="series">
              <PointsOverTime view={view} picked={picked} onPick={setPicked} />
            </section>
            <section className="board-story card" aria-labelledby="story">
              <StoryFeed view={view} limit={12} id="story" />
            </section>
            {withTechniques && <Techniques view={view} />}
          </div>
        )}
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
