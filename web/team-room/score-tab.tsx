import type { Category } from '#exercise/scenario/words.ts'
import type { ScoreLine } from '#exercise/scoring/score.ts'
import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import { AppealBox } from '../appeals/appeal-box.tsx'
import { useExercise, useExerciseState, useScoreLines } from '../feed/use-view.ts'
import { countedCategories } from '../kit/categories.ts'
import { EvidenceBox } from '../kit/evidence.tsx'
import { useSay } from '../kit/i18n/use-say.ts'
import { scoreText } from '../kit/score-text.ts'
import { isGraded, LineGrades } from './line-grades.tsx'

/** Why this score: every line with its rule, the events behind it, and the evidence. The lines add up to the total. */
export function ScoreTab({
  team,
  onRule = () => undefined,
}: {
  readonly team: TeamView
  /** Somebody wants to read a rule. */
  readonly onRule?: (rule: string) => void
}) {
  const say = useSay()
  const { scoring } = useExerciseState().scenario
  const view = useExercise()
  const lines = useScoreLines(team.id)
  return (
    <div className="score">
      {view.frozenMs !== undefined && (
        <p className="frozen-note">{say('score.held', { time: say.clock(view.frozenMs) })}</p>
      )}
      {countedCategories(scoring).map((category) => (
        <Part
          key={category}
          category={category}
          view={view}
          team={team}
          onRule={onRule}
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
  readonly onRule: (rule: string) => void
}) {
  const say = useSay()
  // The lines are those of now, also while the standings are held back: so is their sum.
  const sum = {
    points: props.lines.reduce((all, { points }) => all + points, 0),
    possible: props.lines.reduce((all, { possible }) => all + possible, 0),
  }
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
        <Line key={line.id} line={line} view={props.view} team={props.team.id} onRule={props.onRule} />
      ))}
    </section>
  )
}

function Line(props: {
  readonly line: ScoreLine
  readonly view: ExerciseView
  readonly team: string
  readonly onRule: (rule: string) => void
}) {
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
          <button
            type="button"
            className="rule-link"
            title={say('rules.see', { rule: line.rule })}
            onClick={() => props.onRule(line.rule)}
          >
            {say('score.rule', { rule: line.rule })}
          </button>
          {lost >= 0.05 && ` · ${say('score.lost', { count: lost, n: say.points(lost) })}`}
          {line.events.length > 0 &&
            ` · ${say('score.events', {
              list: line.events
                .slice(-12)
                .map((n) => `#${n}`)
                .join(' '),
            })}`}
        </p>
        {isGraded(line) ? (
          <LineGrades team={team} line={line} />
        ) : line.evidence ? (
          <EvidenceBox evidence={line.evidence} />
        ) : (
          <p className="soft">{say(lost >= 0.05 ? 'score.noRequest' : 'score.noEvidence')}</p>
        )}
        <AppealBox
          team={team}
          subject={{ kind: 'line', id: line.id }}
          whole={line.possible > 0 && lost < 0.05}
        />
      </div>
    </details>
  )
}
