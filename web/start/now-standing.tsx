import type { ExerciseView } from '#exercise/views/views.ts'
import { FrozenNote } from '../control/frozen-note.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { Told } from '../kit/told.tsx'

/** How far the exercise is and how the teams stand, in a glance. */
export function NowStanding({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const share = view.durationMs > 0 ? Math.min(1, view.atMs / view.durationMs) : 0
  const most = Math.max(1, ...view.teams.map((team) => team.score.total))
  return (
    <div className="now-standing">
      <FrozenNote view={view} />
      <div className="bar" aria-hidden="true">
        <span style={{ inlineSize: `${share * 100}%` }} />
      </div>
      <ol>
        {view.teams.slice(0, 8).map((team) => (
          <li key={team.id}>
            <b>
              <Told name text={team.name} />
            </b>
            <span className="bar" aria-hidden="true">
              <span style={{ inlineSize: `${(team.score.total / most) * 100}%` }} />
            </span>
            <b className="num">{say.points(team.score.total)}</b>
          </li>
        ))}
      </ol>
    </div>
  )
}
