import { FileText, ListChecks, Scale } from 'lucide-react'
import type { ExerciseView } from '#exercise/views/views.ts'
import { linkTo } from '../app/route.ts'
import { useGrading } from '../feed/use-white.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { headline } from '../kit/outcome.tsx'
import { useConsoleTab } from '../msel/console-tab.ts'
import './end-summary.css'

/** After the end, for white: who is where with how many points, and what of that still waits for them. Nothing before. */
export function EndSummary({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const { queue } = useGrading()
  const openTab = useConsoleTab((console) => console.open)
  const first = view.teams.filter(({ rank }) => rank === 1)
  if (view.phase !== 'ended' || first.length === 0) return null
  const alone = view.teams.length === 1
  const appeals = queue.filter(({ kind }) => kind === 'appeal').length
  const ungraded = queue.length - appeals
  const toGrading = () => {
    openTab('grading')
    // On a narrow screen the tools stand far below.
    document.querySelector('.console-side')?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <section className="end-summary card" aria-labelledby="end-summary">
      <div>
        <h2 id="end-summary">{headline(say, first, alone)}</h2>
        <ol>
          {view.teams.map(({ id, name, rank, score }) => (
            <li key={id}>
              {!alone && <span>{say('outcome.place', { rank, team: say.text(name) })} </span>}
              <b className="num">
                {say('end.points', { n: say.points(score.total), possible: say.points(score.possible) })}
              </b>
            </li>
          ))}
        </ol>
      </div>
      <div>
        <p>
          <ListChecks aria-hidden="true" size="1.1em" />{' '}
          <b>{say('end.ungraded', { count: ungraded, n: ungraded })}</b>
        </p>
        {ungraded > 0 && <p className="small">{say('end.void')}</p>}
        <p>
          <Scale aria-hidden="true" size="1.1em" />{' '}
          <b>{say('end.appeals', { count: appeals, n: appeals })}</b>
        </p>
        <div className="end-ways">
          {queue.length > 0 && (
            <button type="button" className="button primary" onClick={toGrading}>
              {say('end.toGrading')}
            </button>
          )}
          <a className="button" href={linkTo('report')}>
            <FileText aria-hidden="true" size="1.1em" />
            {say('report.page.title')}
          </a>
        </div>
      </div>
    </section>
  )
}
