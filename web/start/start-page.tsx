import { Eye, Gauge, KeyRound, Landmark } from 'lucide-react'
import { linkTo } from '../app/route.ts'
import { Shell } from '../app/shell.tsx'
import { useFeedState } from '../feed/use-feed.tsx'
import { useExercise } from '../feed/use-view.ts'
import { DeployProgress } from '../kit/deploy-progress.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { LiveRegion } from '../kit/live-region.tsx'
import { Outcome } from '../kit/outcome.tsx'
import { ExerciseList } from './exercise-list.tsx'
import { NowStanding } from './now-standing.tsx'
import './start.css'
import { Told } from '../kit/told.tsx'
import { WaysIn } from './ways-in.tsx'

/** For somebody who has just opened the address: what this is, what goes on right now, and where to look. */
export function StartPage() {
  const say = useSay()
  const view = useExercise()
  const known = useFeedState((feed) => feed.folded.cursor > 0)
  const done = view.deploy.reduce((sum, team) => sum + team.done, 0)
  const total = view.deploy.reduce((sum, team) => sum + team.total, 0)
  return (
    <Shell title="Kilp" className="start">
      <div className="start-grid">
        <section className="start-what" aria-labelledby="what">
          <h2 id="what">{say('start.what')}</h2>
          <p>{say('start.one')}</p>
          <p className="soft">{say('start.two')}</p>
          <nav className="start-doors" aria-label={say('start.where')}>
            <Door
              href={linkTo('scoreboard')}
              icon={<Gauge aria-hidden="true" size="2rem" />}
              name="scoreboard"
            />
            <Door
              href={linkTo('national')}
              icon={<Landmark aria-hidden="true" size="2rem" />}
              name="national"
            />
          </nav>
          <p className="start-seat soft">
            <KeyRound aria-hidden="true" size="1.2em" />
            {say('start.seat')}
          </p>
          <WaysIn />
        </section>
        <section className="start-now card" aria-labelledby="now">
          <h2 id="now">{known ? say.text(view.title) : say('start.noExercise')}</h2>
          {known && (
            <p className="soft">
              <Told text={view.summary} />
            </p>
          )}
          <p className="start-phase">
            <Eye aria-hidden="true" size="1.2em" />
            {say(known ? `start.phase.${view.phase}` : 'start.phase.none')}
          </p>
          <Outcome view={view} />
          {view.phase === 'deploying' && <DeployProgress view={view} />}
          {(view.phase === 'running' || view.phase === 'paused' || view.phase === 'ended') && (
            <NowStanding view={view} />
          )}
        </section>
        <ExerciseList />
      </div>
      <LiveRegion
        summary={
          view.phase === 'deploying' && total > 0
            ? say('deploy.summary', { share: say.percent(Math.floor((done / total) * 10) / 10) })
            : say(known ? `start.phase.${view.phase}` : 'start.phase.none')
        }
      />
    </Shell>
  )
}

function Door(props: {
  readonly href: string
  readonly icon: React.ReactNode
  readonly name: 'scoreboard' | 'national'
}) {
  const say = useSay()
  return (
    <a className="door card" href={props.href}>
      {props.icon}
      <span>
        <b>{say(`${props.name}.title`)}</b>
        <span className="soft">{say(`start.door.${props.name}`)}</span>
      </span>
    </a>
  )
}
