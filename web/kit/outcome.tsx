import { Trophy } from 'lucide-react'
import { CATEGORIES, type Category } from '#exercise/model.ts'
import type { ExerciseView, TeamView } from '#exercise/views.ts'
import './outcome.css'
import { type Say, useSay } from './i18n/use-say.ts'

/** Teams whose story is told; with more, the standings tell the rest. */
const TOLD = 3

/** How it ended: who came first, what decided it, and what each of the first teams did. Nothing before the end. */
export function Outcome({ view }: { readonly view: ExerciseView }) {
  const say = useSay()
  const first = view.teams.filter((team) => team.rank === 1)
  const [leader] = first
  if (view.phase !== 'ended' || !leader) return null
  const names = say.list(first.map((team) => say.text(team.name)))
  const gap = widestGap(view)
  return (
    <section className="outcome card" aria-labelledby="outcome">
      <div className="outcome-head">
        <Trophy aria-hidden="true" size="2.4rem" />
        <div>
          <h2 id="outcome">{say(first.length > 1 ? 'outcome.shared' : 'outcome.won', { team: names })}</h2>
          <p className="soft">
            {gap
              ? say('outcome.gap', {
                  category: say(`category.${gap.category}`),
                  team: say.text(gap.behind.name),
                  n: say.points(gap.points),
                })
              : say('outcome.even')}
          </p>
        </div>
      </div>
      <ol>
        {view.teams.slice(0, TOLD).map((team) => (
          <li key={team.id}>
            <b>{say('outcome.place', { rank: team.rank, team: say.text(team.name) })}</b>
            <span>{deedsText(say, team)}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** What a team did with the attacks on it, and what people felt of it. */
export function deedsText(say: Say, team: TeamView): string {
  const judged = team.attacks.filter(({ state }) => state !== 'void' && state !== 'planned')
  const blocked = judged.filter(({ state }) => state === 'blocked').length
  const failedMs = team.services
    .flatMap((service) => service.history)
    .filter(({ verdict }) => verdict === 'down' || verdict === 'broken')
    .reduce((sum, span) => sum + span.toMs - span.fromMs, 0)
  return [
    say('outcome.blocked', { n: blocked, total: judged.length }),
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
