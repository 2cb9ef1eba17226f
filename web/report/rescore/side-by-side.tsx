import type { State } from '#exercise/fold/state.ts'
import type { ScoringWeights } from '#exercise/scenario/model.ts'
import { CATEGORIES } from '#exercise/scenario/words.ts'
import type { RescoredTeam } from '#exercise/scoring/rescore.ts'
import { useSay } from '../../kit/i18n/use-say.ts'
import { ScrollRegion } from '../../kit/scroll-region.tsx'

/** Teams in the order of the record, and where they would stand. */
export function SideBySide(props: {
  readonly rows: readonly RescoredTeam[]
  readonly scoring: ScoringWeights
  readonly state: State
}) {
  const { rows, scoring, state } = props
  const say = useSay()
  const used = CATEGORIES.filter((one) => scoring[one] > 0 || state.scenario.scoring[one] > 0)
  const nameOf = (id: string) => {
    const team = state.teams.find((one) => one.id === id)
    return team ? say.text(team.name) : id
  }
  const moved = ({ recordRank, otherRank }: RescoredTeam): string => {
    if (recordRank === otherRank) return say('rescore.same')
    const count = Math.abs(recordRank - otherRank)
    return say(otherRank < recordRank ? 'rescore.up' : 'rescore.down', { count })
  }
  return (
    <>
      <p role="status">
        {say('rescore.moved', { count: rows.filter((one) => one.recordRank !== one.otherRank).length })}
      </p>
      <ScrollRegion className="rescore-scroll" label={say('rescore.title')}>
        <table className="rescore-table">
          <caption className="hidden">{say('rescore.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('rescore.team')}</th>
              <th scope="col">{say('rescore.record')}</th>
              <th scope="col">{say('rescore.other')}</th>
              <th scope="col">{say('rescore.move')}</th>
              {used.map((category) => (
                <th key={category} scope="col" className="end">
                  {say(`category.${category}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <tr key={one.team} className={one.recordRank === one.otherRank ? undefined : 'rescore-moved'}>
                <th scope="row">{nameOf(one.team)}</th>
                <td className="num">
                  {say('rescore.place', { rank: one.recordRank, ...pointsOf(one.record) })}
                </td>
                <td className="num">
                  {say('rescore.place', { rank: one.otherRank, ...pointsOf(one.other) })}
                </td>
                <td>{moved(one)}</td>
                {used.map((category) => (
                  <td key={category} className="end num">
                    {say.points(
                      one.other.categories[category].points - one.record.categories[category].points,
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
      <p className="soft small">{say('rescore.differences')}</p>
    </>
  )
}

const pointsOf = ({ total, possible }: RescoredTeam['record']) => ({
  points: Math.round(total * 10) / 10,
  possible: Math.round(possible * 10) / 10,
})
