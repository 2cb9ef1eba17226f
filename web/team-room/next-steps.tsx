import { linkTo } from '../app/route.ts'
import { useSay } from '../kit/i18n/use-say.ts'

/** After the end: where a team finds what there is to learn from. */
export function NextSteps(props: { readonly team: string; readonly onGo: (tab: string) => void }) {
  const say = useSay()
  const { team, onGo } = props
  return (
    <nav className="outcome-next" aria-label={say('outcome.next')}>
      <a className="button primary" href={linkTo('team-report', team)}>
        {say('report.page.own')}
      </a>
      <a className="button" href={linkTo('scoreboard')}>
        {say('scoreboard.title')}
      </a>
      <button type="button" className="button" onClick={() => onGo('story')}>
        {say('outcome.toStory')}
      </button>
      <button type="button" className="button" onClick={() => onGo('score')}>
        {say('outcome.toScore')}
      </button>
      <button type="button" className="button" onClick={() => onGo('reports')}>
        {say('outcome.toReports')}
      </button>
    </nav>
  )
}
