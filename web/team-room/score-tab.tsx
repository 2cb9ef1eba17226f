import type { Category } from '#exercise/scenario/model.ts'
import type { ScoreLine } from '#exercise/scoring/score.ts'
import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import { useExercise, useExerciseState, useScoreLines } from '../feed/use-view.ts'
import { countedCategories } from '../kit/categories.ts'
import { EvidenceBox } from '../kit/evidence.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { scoreText } from '../kit/score-text.ts'

/** Why this score: every line with its rule, the events behind it, and the evidence. The lines add up to the total. */
export function ScoreTab({ team }: { readonly team: TeamView }) {
  const say = useSay()
  const { scoring } = useExerciseState().scenario
  const view = useExercise()
  const lines = useScoreLines(team.id)
  return (
    <div className="score">
      {countedCategories(scoring).map((category) => (
        <Part
          key={category}
          category={category}
          view={view}
          team={team}
          lines={lines.filter((line) => line.category === category)}
        />
      ))}
      <p className="soft small">{say('score.note')}</p>
    </div>
  )
}

function Part(props: {
  readonly category: Category
  readonly view: ExerciseView
  readonly team: TeamView
  readonly lines: readonly ScoreLine[]
}) {
  const say = useSay()
  const sum = props.team.score.categories[props.category]
  return (
    <section aria-labelledby={`score-${props.category}`}>
      <h2 id={`score-${props.category}`} className="score-head">
        {say(`category.${props.category}`)}
        <span className="num">
          {say.points(sum.points)} <span className="soft">/ {say.points(sum.possible)}</span>
        </span>
      </h2>
      {props.lines.length === 0 && <p className="soft">{say('score.empty')}</p>}
      {props.lines.map((line) => (
        <Line key={line.id} line={line} view={props.view} team={props.team.id} />
      ))}
    </section>
  )
}

function Line(props: { readonly line: ScoreLine; readonly view: ExerciseView; readonly team: string }) {
  const say = useSay()
  const { line, view, team } = props
  const lost = line.possible - line.points
  return (
    <details className="score-line">
      <summary>
        <span>{scoreText(say, view, team, line)}</span>
        <span className="score-points num">
          <b>{say.points(line.points)}</b>
          {line.possible > 0 && <span className="soft"> / {say.points(line.possible)}</span>}
        </span>
      </summary>
      <div className="score-why">
        <p>
          {say('score.rule', { rule: line.rule })}
          {lost >= 0.05 && ` · ${say('score.lost', { count: lost, n: say.points(lost) })}`}
          {line.events.length > 0 &&
            ` · ${say('score.events', {
              list: line.events
                .slice(-12)
                .map((n) => `#${n}`)
                .join(' '),
            })}`}
        </p>
        {line.evidence ? (
          <EvidenceBox evidence={line.evidence} />
        ) : (
          <p className="soft">{say('score.noEvidence')}</p>
        )}
      </div>
    </details>
  )
}
