import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import { useSay } from '../kit/i18n/use-say.ts'

/** A team's place and points, beside the title of its room. */
export function TeamScore({ team, view }: { readonly team: TeamView; readonly view: ExerciseView }) {
  const say = useSay()
  return (
    <span className="team-score">
      {view.teams.length > 1 && <span className="soft">{say('team.rank', { n: team.rank })} </span>}
      <b className="num">{say.points(team.score.total)}</b>{' '}
      <span className="soft num">
        {view.phase === 'ended'
          ? say('standings.ofAll', { possible: say.points(team.score.possible) })
          : say('team.of.points', { n: say.points(team.score.possible) })}
      </span>
      {view.frozenMs !== undefined && (
        <span className="soft num"> · {say('team.heldSince', { time: say.clock(view.frozenMs) })}</span>
      )}
    </span>
  )
}
