import { Expand, Shrink } from 'lucide-react'
import { standsStill } from '#exercise/decide/typing.ts'
import type { WallScene } from '#exercise/scenario/wall-scene.ts'
import { linkTo, PICTURES, useRoute } from '../app/route.ts'
import { Shell } from '../app/shell.tsx'
import { useNational } from '../feed/use-national.ts'
import { useExercise, useExerciseState } from '../feed/use-view.ts'
import { BoardViews } from '../kit/board-views.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { LiveRegion } from '../kit/live-region.tsx'
import '../kit/css-properties.ts'
import { HealthLine } from './health-line.tsx'
import { RotationButton } from './rotation-button.tsx'
import { Scene } from './scene.tsx'
import { hasFlow } from './scenes.ts'
import { situationText, untoldText } from './situation.ts'
import { useScene } from './use-scene.ts'
import { WallPageScene } from './wall-page.tsx'
import './national.css'
import './big-screen.css'
import './wide-wall.css'

/** The usual view stands first. */
const NO_FLOW: readonly [WallScene, ...WallScene[]] = [
  PICTURES[0],
  ...PICTURES.slice(1).filter((picture) => picture !== 'flow'),
]

/** The picture for a minister: what works, for whom it does not, and what is being done, in ten seconds. */
export function NationalPage() {
  const say = useSay()
  const { big } = useRoute()
  const view = useNational()
  const exercise = useExercise()
  const { scenario, wallPage, phase } = useExerciseState()
  const situation = situationText(say, view, exercise)
  const { scene, rotation } = useScene()
  const usual = <Scene scene={scene} big={big} />
  const page = big && (standsStill({ phase }) || phase === 'running') ? wallPage : null
  const boards = hasFlow(scenario.services) ? PICTURES : NO_FLOW
  return (
    <Shell
      title={say('national.title')}
      className="national"
      aside={<HealthLine view={view} />}
      tools={
        <>
          {big ? (
            <RotationButton rotation={rotation} />
          ) : (
            <BoardViews
              boards={boards}
              label={say('scene.views')}
              nameOf={(picture) => say(`scene.${picture}`)}
            />
          )}
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
      {page ? <WallPageScene page={page} instead={usual} /> : usual}
      <LiveRegion
        summary={
          untoldText(say, view)
            ? situation
            : say.sentences([situation, say('national.affected', { count: view.affected })])
        }
      />
    </Shell>
  )
}
