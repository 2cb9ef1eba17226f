import type { State } from '#exercise/fold/state.ts'
import { type Decided, decidedByPeople } from '#exercise/scoring/decided.ts'
import { actorName } from '../../kit/actor-name.ts'
import { useSay } from '../../kit/i18n/use-say.ts'

/** Adjustments, appeals and what was void, with names and reasons: the same by any weights. */
export function DecidedList({ state }: { readonly state: State }) {
  const say = useSay()
  const all = decidedByPeople(state)
  const nameOf = (id: string) => {
    const team = state.teams.find((one) => one.id === id)
    return team ? say.text(team.name) : id
  }
  const text = (one: Decided): string => {
    const team = nameOf(one.team)
    if (one.kind === 'void') return say('rescore.void', { team, title: say.text(one.title) })
    const name = actorName(say, one.by)
    if (one.kind === 'adjustment')
      return say('rescore.adjusted', {
        ...{ team, name, reason: one.reason, points: say.points(one.points) },
        category: say(`category.${one.category}`),
      })
    const { appeal, text: said, answer } = one
    if (!answer) return say('rescore.appealOpen', { team, name, appeal, text: said })
    return say(`rescore.appeal.${answer.outcome}`, {
      ...{ team, name, appeal, text: said, answer: answer.text },
      by: actorName(say, answer.by),
    })
  }
  return (
    <section aria-labelledby="rescore-decided">
      <h3 id="rescore-decided">{say('rescore.decided')}</h3>
      {all.length === 0 ? (
        <p>{say('rescore.decidedNone')}</p>
      ) : (
        <ul className="rescore-list">
          {all.map((one, n) => (
            <li key={n}>{text(one)}</li>
          ))}
        </ul>
      )}
    </section>
  )
}
