import { Flag, Trophy } from 'lucide-react'
import type { ReactNode } from 'react'
import { unusable } from '#exercise/fold/verdicts.ts'
import { CATEGORIES, type Category } from '#exercise/scenario/words.ts'
import type { ExerciseView, TeamView } from '#exercise/views/views.ts'
import './outcome.css'
import { type Say, useSay } from './i18n/use-say.ts'
import { togetherMs } from './together.ts'

/** Teams whose story is told; with more, the standings tell the rest. */
const TOLD = 3

/** How it ended: who came first, what decided it, and what each of the first teams did; of a team by itself, what it reached. Nothing before the end. */
export function Outcome(props: { readonly view: ExerciseView; readonly children?: ReactNode }) {
  const say = useSay()
  const { view } = props
  const first = view.teams.filter((team) => team.rank === 1)
  const [leader] = first
  if (view.phase !== 'ended' || !leader) return null
  const alone = view.teams.length === 1
  const Icon = alone ? Flag : Trophy
  return (
    <section className="outcome card" aria-labelledby="outcome">
      <div className="outcome-head">
        <Icon aria-hidden="true" size="2.4rem" />
        <div>
          <h2 id="outcome">{headline(say, first, alone)}</h2>
          <p className="soft">{alone ? reached(say, leader) : decided(say, view)}</p>
        </div>
      </div>
      <ol>
        {view.teams.slice(0, TOLD).map((team) => (
          <li key={team.id}>
            {!alone && <b>{say('outcome.place', { rank: team.rank, team: say.text(team.name) })}</b>}
            <span>{deedsText(say, team)}</span>
          </li>
        ))}
      </ol>
      {props.children}
    </section>
  )
}

export function headline(say: Say, first: readonly TeamView[], alone: boolean): string {
  const team = say.list(first.map(({ name }) => say.text(name)))
  if (alone) return say('outcome.alone', { team })
  return say(first.length > 1 ? 'outcome.shared' : 'outcome.won', { team })
}

const reached = (say: Say, { score }: TeamView): string =>
  say('outcome.reached', { n: say.points(score.total), possible: say.points(score.possible) })

function decided(say: Say, view: ExerciseView): string {
  const gap = widestGap(view)
  if (!gap) return say('outcome.even')
  return say('outcome.gap', {
    category: say(`category.${gap.category}`),
    team: say.text(gap.behind.name),
    count: gap.points,
    n: say.points(gap.points),
  })
}

/** What a team did with the attacks on it, and what people felt of it. */
export function deedsText(say: Say, team: TeamView): string {
  const judged = team.attacks.filter(({ state }) => state !== 'void' && state !== 'planned')
  const blocked = judged.filter(({ state }) => state === 'blocked').length
  const failedMs = togetherMs(
    team.services.flatMap(({ history }) => history).filter(({ verdict }) => unusable(verdict)),
  )
  return [
    say('outcome.blocked', { blocked, count: judged.length }),
    failedMs < 1000 ? say('outcome.neverDown') : say('outcome.down', { span: say.span(failedMs) }),
  ].join(say.lang === 'ja' ? '' : ' ')
}

/** The category in which the first team is furthest ahead of the next; null when nobody is behind. */
function widestGap(view: ExerciseView) {
  const [leader] = view.teams
  const behind = view.teams.find((team) => team.rank > 1)
  if (!leader || !behind) return null
  const aheadIn = (category: Category) =>
    leader.score.categories[category].points - behind.score.categories[category].points
  const [category] = CATEGORIES.toSorted((a, b) => aheadIn(b) - aheadIn(a))
  return category && aheadIn(category) > 0 ? { category, behind, points: aheadIn(category) } : null
}
