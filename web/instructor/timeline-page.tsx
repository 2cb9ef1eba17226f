import { LayoutDashboard } from 'lucide-react'
import { linkTo } from '../app/route.ts'
import { Shell } from '../app/shell.tsx'
import { useAudience } from '../feed/use-feed.tsx'
import { useExercise } from '../feed/use-view.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { LiveRegion } from '../kit/live-region.tsx'
import { Msel } from '../msel/msel.tsx'
import { Palette } from '../msel/palette.tsx'
import { Transport } from './transport.tsx'
import './timeline-page.css'

/** White: the timeline over the whole screen, below the clock and its buttons. */
export function TimelinePage() {
  const say = useSay()
  const view = useExercise()
  const { seat } = useAudience()
  if (seat !== 'white')
    return (
      <Shell title={say('msel.title')} className="white">
        <p>{say('white.noSeat')}</p>
      </Shell>
    )
  return (
    <Shell
      title={say('msel.title')}
      className="white"
      tools={
        <>
          <Palette view={view} />
          <a className="button" href={linkTo('instructor')}>
            <LayoutDashboard aria-hidden="true" size="1.1em" />
            {say('msel.console')}
          </a>
        </>
      }
    >
      <div className="timeline-page">
        <Transport view={view} />
        <Msel />
      </div>
      <LiveRegion summary={say(`pulse.${view.phase}`)} />
    </Shell>
  )
}
