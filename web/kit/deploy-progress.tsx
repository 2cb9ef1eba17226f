import type { ExerciseView } from '#exercise/views/views.ts'
import './deploy-progress.css'
import { useSay } from './i18n/use-say.ts'

/** How far each team's enclave is, and what is being done there right now. */
export function DeployProgress({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  return (
    <ul className="deploy">
      {view.deploy.map((one) => {
        const team = view.teams.find((known) => known.id === one.team)
        const share = one.total > 0 ? one.done / one.total : 0
        return (
          <li key={one.team}>
            <span className="deploy-head">
              <b>{team ? say.text(team.name) : one.team}</b>
              <span className="num">{say('deploy.steps', { done: one.done, total: one.total })}</span>
            </span>
            <span
              className="deploy-bar"
              role="progressbar"
              aria-label={team ? say.text(team.name) : one.team}
              aria-valuenow={Math.round(share * 100)}
              aria-valuemin={0}
              aria-valuemax={100}
            >
              <span style={{ inlineSize: `${share * 100}%` }} />
            </span>
            <span className="soft small" lang="en">
              {one.what}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
