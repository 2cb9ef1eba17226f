import { Bot } from 'lucide-react'
import type { ScoringWeights } from '#exercise/scenario/model.ts'
import type { Category } from '#exercise/scenario/words.ts'
import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import { countedCategories } from '../kit/categories.ts'
import { useSay } from '../kit/i18n/use-say.ts'
import { TeamName } from '../kit/team-name.tsx'
import { teamStyle } from '../kit/team-style.ts'

/** From 4 categories on a table stands closer, and from 5 on it takes room from what is beside it. */
const lookOf = (categories: number): readonly string[] => [
  ...(categories > 3 ? ['standings-close'] : []),
  ...(categories > 4 ? ['standings-crowded'] : []),
]

/** Rank, points, and how each category adds up. Equal points share a rank. */
export function Standings({ view, full }: { readonly view: ExerciseView; readonly full: ScoringWeights }) {
  const say = useSay()
  const categories = countedCategories(full)
  const whole = categories.reduce((sum, category) => sum + full[category], 0)
  return (
    <table className={['standings', ...lookOf(categories.length)].join(' ')}>
      <thead>
        <tr>
          <th scope="col">{say('standings.rank')}</th>
          <th scope="col">{say('standings.team')}</th>
          <th scope="col" className="end">
            {say('standings.points', { whole: say.number(whole) })}
          </th>
          {categories.map((category) => (
            <th key={category} scope="col">
              {say(`category.${category}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {view.teams.map((team) => (
          <Row key={team.id} team={team} view={view} categories={categories} />
        ))}
      </tbody>
    </table>
  )
}

/** A part of the exercise that the machine played after people had: for how long, and what it mended. */
function HandedBack({ playedMs, mended }: NonNullable<TeamView['handedBack']>) {
  const say = useSay()
  return (
    <span className="standings-machine">
      <Bot aria-hidden="true" size="1.1em" />
      <span>
        {say.sentences([
          say('standings.machine', { time: say.span(playedMs) }),
          ...(mended > 0 ? [say('standings.machine.mended', { count: mended })] : []),
        ])}
      </span>
    </span>
  )
}

function Row(props: {
  readonly team: TeamView
  readonly view: ExerciseView
  readonly categories: readonly Category[]
}) {
  const { team, view } = props
  const say = useSay()
  const style = teamStyle(view, team.id)
  return (
    <tr>
      <td className="standings-rank num">{say.number(team.rank)}</td>
      <th scope="row">
        <span className="standings-name">
          <svg className="team-line" viewBox="0 0 36 8" aria-hidden="true">
            <path
              d="M0 4h36"
              stroke={`var(${style.colour})`}
              strokeWidth="4"
              strokeDasharray={style.dash.join(' ')}
            />
          </svg>
          <TeamName name={team.name} />
        </span>
        <span className="soft small">{say(`pilot.${team.pilot}`)}</span>
        {team.handedBack && <HandedBack {...team.handedBack} />}
      </th>
      <td className="end">
        <b className="standings-total num">{say.points(team.score.total)}</b>
        <span className="soft small num standings-of">
          {say(view.phase === 'ended' ? 'standings.ofAll' : 'standings.of', {
            possible: say.points(team.score.possible),
          })}
        </span>
      </td>
      {props.categories.map((category) => {
        const score = team.score.categories[category]
        const share = score.possible > 0 ? Math.min(1, Math.max(0, score.points / score.possible)) : 0
        return (
          <td key={category} className="standings-category" data-label={say(`category.${category}`)}>
            <span className="num">
              {say.points(score.points)}
              <span className="soft small"> / {say.points(score.possible)}</span>
            </span>
            <span className={`bar bar-${category}`} aria-hidden="true">
              <span style={{ inlineSize: `${share * 100}%` }} />
            </span>
          </td>
        )
      })}
    </tr>
  )
}
