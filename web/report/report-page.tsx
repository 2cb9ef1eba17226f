import { ArrowLeft, Presentation } from 'lucide-react'
import type { Wanted } from '#exercise/views/report/report.ts'
import { go, hrefOf, linkTo, REPORT_VIEWS, shownBoard, useRoute } from '../app/route.ts'
import { Shell } from '../app/shell.tsx'
import { useAudience } from '../feed/use-feed.tsx'
import { useExercise } from '../feed/use-view.ts'
import { BoardViews } from '../kit/board-views.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { LiveRegion } from '../kit/live-region.tsx'
import { Paper } from './paper.tsx'
import { PlanView } from './plan/plan-view.tsx'
import { RescoreView } from './rescore/rescore-view.tsx'
import './report.css'
import './print.css'

/** White: the reports for ministers, of each team and for exercise control, as they stand now. */
export function WhiteReport() {
  const say = useSay()
  const view = useExercise()
  const { seat } = useAudience()
  const route = useRoute()
  if (seat !== 'white') return <NoSeat text={say('white.noSeat')} />
  const shown = shownBoard(route, REPORT_VIEWS)
  const team = (view.teams.find(({ id }) => id === route.pick) ?? view.teams[0])?.id ?? ''
  const wanted: Wanted =
    shown === 'team' ? { reader: 'team', team } : { reader: shown === 'minister' ? 'minister' : 'excon' }
  return (
    <Shell
      title={say('report.page.title')}
      className="report"
      tools={
        <>
          <Back href={linkTo('instructor')} name={say('white.title')} />
          <a className="button" href={linkTo('hot-wash')}>
            <Presentation aria-hidden="true" size="1.1em" />
            {say('hotwash.title')}
          </a>
        </>
      }
    >
      <div className="report-page">
        <div className="report-choice">
          <BoardViews
            boards={REPORT_VIEWS}
            nameOf={(one) => say(`report.page.${one}`)}
            label={say('report.page.readers')}
          />
          {shown === 'team' && (
            <label className="picker">
              <span className="hidden">{say('report.page.pick')}</span>
              <select
                value={team}
                onChange={(event) => go(hrefOf({ ...route, board: 'team', pick: event.target.value }))}
              >
                {view.teams.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {say.text(name)}
                  </option>
                ))}
              </select>
            </label>
          )}
        </div>
        {shown === 'plan' ? <PlanView /> : shown === 'rescore' ? <RescoreView /> : <Paper wanted={wanted} />}
      </div>
      <LiveRegion summary={say(`pulse.${view.phase}`)} />
    </Shell>
  )
}

/** A team's own report, as it stands now. */
export function TeamReport({ team }: { readonly team: string }) {
  const say = useSay()
  const view = useExercise()
  const audience = useAudience()
  const own = audience.seat === 'blue' && audience.team === team
  if (!own && audience.seat !== 'white') return <NoSeat text={say('team.noSeat')} />
  return (
    <Shell
      title={say('report.page.own')}
      className="report"
      tools={<Back href={linkTo('team', team)} name={say('team.title')} />}
    >
      <div className="report-page">
        <Paper wanted={{ reader: 'team', team }} />
      </div>
      <LiveRegion summary={say(`pulse.${view.phase}`)} />
    </Shell>
  )
}

function NoSeat({ text }: { readonly text: string }) {
  const say = useSay()
  return (
    <Shell title={say('report.page.title')} className="report">
      <p>{text}</p>
    </Shell>
  )
}

function Back({ href, name }: { readonly href: string; readonly name: string }) {
  return (
    <a className="button" href={href}>
      <ArrowLeft aria-hidden="true" size="1.1em" />
      {name}
    </a>
  )
}
